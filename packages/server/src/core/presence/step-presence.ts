import type { PresenceState } from '@maru/protocol';
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

/**
 * One step of a user's presence (`[SOFT4]`): active while any live device says so, away while any is live, offline
 * `OFFLINE_AFTER_MS` after the last sign of the last one, at once when that one logs out. A device is live as long as
 * a session of it is open, for the transport's ping watches over that, also where a hidden tab's timers, and with them
 * its beats, are throttled; but it is active only as long as it goes on saying so.
 */
export function stepPresence(former: Presence, input: PresenceInput): PresenceStep {
  const now = Math.max(former.now, input.now);
  const live: DevicePresence[] = [];
  for (const known of former.devices) if (isLive(known, now)) live.push(settled(known, now));
  const devices = apply(live, input, now);

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

function apply(live: DevicePresence[], input: PresenceInput, now: number): readonly DevicePresence[] {
  switch (input.kind) {
    case 'opened': {
      const known = live.find(({ device }) => device === input.device);
      const sessions = [...(known?.sessions ?? []), input.session];
      // Back within the grace time: it goes on as it was until it says otherwise.
      const { device } = input;
      return withDevice(live, { device, sessions, lastSign: now, said: known?.said ?? 'away', saidAt: now });
    }
    case 'closed':
      return afterClose(live, input, now);
    case 'beat': {
      const { device, state: said } = input;
      const sessions = live.find((known) => known.device === device)?.sessions ?? [];
      return withDevice(live, { device, sessions, lastSign: now, said, saidAt: now });
    }
    case 'signed-out':
      return live.filter(({ device }) => device !== input.device);
    case 'hide':
    case 'tick':
      return live;
    default:
      return unreachable(input);
  }
}

function afterClose(
  live: DevicePresence[],
  input: PresenceInput & { kind: 'closed' },
  now: number,
): readonly DevicePresence[] {
  const known = live.find(({ device }) => device === input.device);
  if (known === undefined) return live;
  if (input.loggedOut) return live.filter((other) => other !== known);
  if (!known.sessions.includes(input.session)) return live;
  const sessions = known.sessions.filter((session) => session !== input.session);
  const heard = Math.min(input.lastSign ?? now, now);
  const closed = { ...known, sessions, lastSign: Math.max(known.lastSign, heard) };
  return isLive(closed, now) ? withDevice(live, closed) : live.filter((other) => other !== known);
}

/** Puts a device in the place of what was known of it. */
function withDevice(live: DevicePresence[], changed: DevicePresence): readonly DevicePresence[] {
  const index = live.findIndex(({ device }) => device === changed.device);
  if (index === -1) live.push(changed);
  else live[index] = changed;
  return live;
}

function isLive(device: DevicePresence, now: number): boolean {
  return device.sessions.length > 0 || now < device.lastSign + limits.OFFLINE_AFTER_MS;
}

/** An open session that has not said "active" for so long is away. */
function settled(device: DevicePresence, now: number): DevicePresence {
  if (device.said === 'away' || device.sessions.length === 0) return device;
  return now < device.saidAt + limits.OFFLINE_AFTER_MS ? device : { ...device, said: 'away', saidAt: now };
}

function stateOf(devices: readonly DevicePresence[]): PresenceState {
  let state: PresenceState = 'offline';
  for (const { said } of devices) {
    if (said === 'active') return 'active';
    state = 'away';
  }
  return state;
}

/** When the first device stops being live, or active. */
function deadlineOf(devices: readonly DevicePresence[]): number | undefined {
  let deadline: number | undefined;
  for (const { sessions, said, lastSign, saidAt } of devices) {
    if (sessions.length > 0 && said === 'away') continue;
    const due = (sessions.length > 0 ? saidAt : lastSign) + limits.OFFLINE_AFTER_MS;
    if (deadline === undefined || due < deadline) deadline = due;
  }
  return deadline;
}
