/** What is known of one user's presence, over all of their devices. Pure; spans of time are measured by `now`. */
import type { DeviceId, PresenceState, SessionId } from '@maru/protocol';

export interface DevicePresence {
  readonly device: DeviceId;
  readonly sessions: readonly SessionId[];
  /** When the device last gave a sign: a beat, a session opened or closed. */
  readonly lastSign: number;
  /** What it said last, and when. A device that has not said anything yet is away. */
  readonly said: 'active' | 'away';
  readonly saidAt: number;
}

export interface Presence {
  /** The latest `now` of all inputs: a clock that goes back does nothing. */
  readonly now: number;
  /**
   * Devices that are live: with an open session, or a sign within `OFFLINE_AFTER_MS`. A list, as are a device's sessions:
   * there is hardly ever more than one or two, and everybody who is online has them.
   */
  readonly devices: readonly DevicePresence[];
  /** What others were told last. */
  readonly shown: PresenceState;
  /** Milliseconds since the epoch; kept over restarts by whoever holds the machine (`[SOFT6]`). */
  readonly lastActive: number | undefined;
  /** Whether the user hides it: then others are told "offline", and nothing else. */
  readonly hidden: boolean;
}

/** `now` is in milliseconds of any clock that goes forward; it is not the time of day. */
export type PresenceInput =
  | { readonly kind: 'opened'; readonly device: DeviceId; readonly session: SessionId; readonly now: number }
  | {
      readonly kind: 'closed';
      readonly device: DeviceId;
      readonly session: SessionId;
      /** The device logged out or was revoked: it is gone at once, with all of its sessions. */
      readonly loggedOut: boolean;
      /** When the device was last heard, where that was before the session was closed: a connection that timed out. */
      readonly lastSign?: number;
      readonly now: number;
    }
  /** By a session, or by a poll that has none. `at` is the time of day, milliseconds since the epoch. */
  | {
      readonly kind: 'beat';
      readonly device: DeviceId;
      readonly state: 'active' | 'away';
      readonly now: number;
      readonly at: number;
    }
  /** As `loggedOut`, for a device that may have no session. */
  | { readonly kind: 'signed-out'; readonly device: DeviceId; readonly now: number }
  | { readonly kind: 'hide'; readonly hidden: boolean; readonly now: number }
  | { readonly kind: 'tick'; readonly now: number };

/** What others see of a user. `lastActive` is absent while active, for who hides it, and where it is not known. */
export interface ShownPresence {
  readonly state: PresenceState;
  readonly lastActive?: number;
}

/** A user of whom no device has been heard since the start. */
export function absent(lastActive: number | undefined, hidden: boolean): Presence {
  return { now: 0, devices: [], shown: 'offline', lastActive, hidden };
}

/** What others see now. */
export function shownPresence({ shown, lastActive, hidden }: Presence): ShownPresence {
  return shown === 'active' || hidden || lastActive === undefined
    ? { state: shown }
    : { state: shown, lastActive };
}

/** With what is known from before the start, learned while the user is there already. */
export function withHistory(presence: Presence, lastActive: number | undefined, hidden: boolean): Presence {
  const shown = hidden ? 'offline' : presence.shown;
  return { ...presence, lastActive: presence.lastActive ?? lastActive, hidden, shown };
}
