/** What a room remembers of each device's newest commands, so that a retry gets the first answer (`[ONCE3]`, `[ONCE4]`). */
import type { ClientMessageId, DeviceId } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { DeviceWindows, SendOutcome, SendWindow, SentCommand } from './state.ts';
import { WINDOW_DEVICES_MAX } from './state.ts';

/** What a window says of an id. `below`: at or under the lowest kept, so only the store can tell. */
export type WindowAnswer = { readonly kind: 'new' } | { readonly kind: 'below' } | SendOutcome;

const NEW: WindowAnswer = { kind: 'new' };
const BELOW: WindowAnswer = { kind: 'below' };

/** How many of a window's ids, from its newest, still hold at the room's time `at`: all, or after an idle hour one. */
function keptCount(window: SendWindow, at: number): number {
  return at - window.at >= limits.SEND_WINDOW_IDLE_MS ? Math.min(1, window.sent.length) : window.sent.length;
}

/** Where `id` stands, or would stand, in a rising list. */
function placeOf(sent: readonly SentCommand[], id: ClientMessageId): number {
  let low = 0;
  let high = sent.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = sent[middle];
    if (there !== undefined && there.clientMessageId < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What becomes of `id` by the device's window at the room's time `at`. No window: the device has sent nothing. */
export function lookUp(window: SendWindow | undefined, id: ClientMessageId, at: number): WindowAnswer {
  const newest = window?.sent.at(-1);
  if (window === undefined || newest === undefined || id > newest.clientMessageId) return NEW;
  const place = placeOf(window.sent, id);
  const lowest = window.sent.length - keptCount(window, at);
  const found = window.sent[place];
  if (place >= lowest && found?.clientMessageId === id) return found.outcome;
  return place <= lowest ? BELOW : NEW;
}

/** The window after a command with its outcome at the room's time `at`. An id under the lowest kept is not taken in. */
function appended(window: SendWindow | undefined, command: SentCommand, at: number): SendWindow {
  if (window === undefined) return { at, sent: [command] };
  const kept = keptCount(window, at);
  const from = window.sent.length - kept;
  const place = placeOf(window.sent, command.clientMessageId);
  if (place < from || (place === from && kept > 0)) return { at, sent: window.sent.slice(from) };
  const start = Math.max(from, window.sent.length + 1 - limits.SEND_WINDOW_IDS);
  const sent = window.sent.slice(start);
  sent.splice(place - start, 0, command);
  return { at, sent };
}

/** A device's window; `undefined` where it is not held. */
export function windowOf(windows: DeviceWindows, device: DeviceId): SendWindow | undefined {
  const index = indexOf(windows, device);
  return index < 0 ? undefined : windows[index]?.[1];
}

/** -1 where the device has no window here. */
function indexOf(windows: DeviceWindows, device: DeviceId): number {
  let index = windows.length - 1;
  while (index >= 0 && windows[index]?.[0] !== device) index--;
  return index;
}

/**
 * The windows after one more command of a device. `looked` is the device's window by the store where `windows` does not
 * hold it, `null` if it has sent nothing; without that what came before is not known, and the device goes without a
 * window until its next command, for a window must hold every id above its lowest. The device moves to the end; where
 * there are too many, the one at the front, silent longest, goes. The order is that of last commands, so the same facts
 * always drop the same device.
 */
export function withCommand(
  windows: DeviceWindows,
  device: DeviceId,
  command: SentCommand,
  at: number,
  looked: SendWindow | null | undefined,
): DeviceWindows {
  const index = indexOf(windows, device);
  const former = index < 0 ? looked : windows[index]?.[1];
  if (former === undefined) return windows;
  const next = windows.slice();
  if (index >= 0) next.splice(index, 1);
  else if (next.length >= WINDOW_DEVICES_MAX) next.shift();
  next.push([device, appended(former ?? undefined, command, at)]);
  return next;
}
