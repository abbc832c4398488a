import type { DeviceId, PresenceState } from '@maru/protocol';
import { limits } from '@maru/protocol';
import { unreachable } from '../unreachable.ts';
import type { DevicePresence, Presence, PresenceInput, ShownPresence } from './presence.ts';
import { shownPresence } from './presence.ts';

export interface PresenceStep {
  readonly presence: Presence;
  /** What others are to be told; absent when they would see no change. */
  readonly publish: ShownPresence | undefined;
  /** When the next `tick` is due, by the clock of `now`; absent when nothing changes without an input. */
  readonly deadline: number | undefined;
}

const NO_SESSIONS: DevicePresence['sessions'] = new Set();

/**
 * One step of a user's presence (`[SOFT4]`): active while any live device says so, away while any is live, offline
 * `OFFLINE_AFTER_MS` after the last sign of the last one, at once when that one logs out. A device is live as long as
 * a session of it is open, for the transport's ping watches over that, also where a hidden tab's timers, and with them
 * its beats, are throttled; but it is active only as long as it goes on saying so.
 */
export function stepPresence(former: Presence, input: PresenceInput): PresenceStep {
  const now = Math.max(former.now, input.now);
  const devices = new Map<DeviceId, DevicePresence>();
  for (const [device, known] of former.devices)
    if (isLive(known, now)) devices.set(device, settled(known, now));
  apply(devices, input, now);

  const hidden = input.kind === 'hide' ? input.hidden : former.hidden;
  const shown = hidden ? 'offline' : stateOf(devices);
  const lastActive = input.kind === 'beat' && input.state === 'active' ? input.at : former.lastActive;
  const presence: Presence = { now, devices, shown, lastActive, hidden };
  return {
    presence,
    publish: shown === former.shown ? undefined : shownPresence(presence),
    deadline: deadlineOf(devices),
  };
}

function apply(devices: Map<DeviceId, DevicePresence>, input: PresenceInput, now: number): void {
  switch (input.kind) {
    case 'opened': {
      const known = devices.get(input.device);
      const sessions = new Set(known?.sessions).add(input.session);
      // Back within the grace time: it goes on as it was until it says otherwise.
      devices.set(input.device, { sessions, lastSign: now, said: known?.said ?? 'away', saidAt: now });
      return;
    }
    case 'closed':
      applyClosed(devices, input, now);
      return;
    case 'beat': {
      const sessions = devices.get(input.device)?.sessions ?? NO_SESSIONS;
      devices.set(input.device, { sessions, lastSign: now, said: input.state, saidAt: now });
      return;
    }
    case 'hide':
    case 'tick':
      return;
    default:
      unreachable(input);
  }
}

function applyClosed(
  devices: Map<DeviceId, DevicePresence>,
  input: PresenceInput & { kind: 'closed' },
  now: number,
): void {
  const known = devices.get(input.device);
  if (known === undefined) return;
  if (input.loggedOut) {
    devices.delete(input.device);
    return;
  }
  if (!known.sessions.has(input.session)) return;
  const sessions = new Set(known.sessions);
  sessions.delete(input.session);
  const heard = Math.min(input.lastSign ?? now, now);
  const closed = { ...known, sessions, lastSign: Math.max(known.lastSign, heard) };
  if (isLive(closed, now)) devices.set(input.device, closed);
  else devices.delete(input.device);
}

function isLive(device: DevicePresence, now: number): boolean {
  return device.sessions.size > 0 || now < device.lastSign + limits.OFFLINE_AFTER_MS;
}

/** An open session that has not said "active" for so long is away. */
function settled(device: DevicePresence, now: number): DevicePresence {
  if (device.said === 'away' || device.sessions.size === 0) return device;
  return now < device.saidAt + limits.OFFLINE_AFTER_MS ? device : { ...device, said: 'away', saidAt: now };
}

function stateOf(devices: ReadonlyMap<DeviceId, DevicePresence>): PresenceState {
  let state: PresenceState = 'offline';
  for (const { said } of devices.values()) {
    if (said === 'active') return 'active';
    state = 'away';
  }
  return state;
}

/** When the first device stops being live, or active. */
function deadlineOf(devices: ReadonlyMap<DeviceId, DevicePresence>): number | undefined {
  let deadline: number | undefined;
  for (const { sessions, said, lastSign, saidAt } of devices.values()) {
    if (sessions.size > 0 && said === 'away') continue;
    const due = (sessions.size > 0 ? saidAt : lastSign) + limits.OFFLINE_AFTER_MS;
    if (deadline === undefined || due < deadline) deadline = due;
  }
  return deadline;
}
