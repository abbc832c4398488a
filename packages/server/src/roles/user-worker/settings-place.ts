import type { DeviceId, RoomId } from '@maru/protocol';
import type { Position } from '../../ports/position.ts';
import type { SettingsOverview } from '../../ports/setting-store.ts';

/** Where a user's settings stand in the log, as far as a session has to know it. */
export interface SettingsPlace {
  /** Of the newest change. */
  readonly at: Position;
  /** Which device made it; unknown after a start, and where it was none that keeps up with the inbox. */
  readonly by: DeviceId | undefined;
  /** Of the newest change that another than that device made. */
  readonly othersAt: Position;
  /** The newest message that is hidden, by room; only rooms with one. */
  readonly hiddenUpTo: ReadonlyMap<RoomId, number>;
}

const NOWHERE = 0 as Position;

/** One for all who never set anything. */
export const NO_SETTINGS: SettingsPlace = {
  at: NOWHERE,
  by: undefined,
  othersAt: NOWHERE,
  hiddenUpTo: new Map(),
};

export function placeOf({ newest, hiddenUpTo }: SettingsOverview): SettingsPlace {
  return newest === 0 ? NO_SETTINGS : { at: newest, by: undefined, othersAt: newest, hiddenUpTo };
}

/** The place after one more change. */
export function moved(
  place: SettingsPlace,
  at: Position,
  by: DeviceId | undefined,
  hiddenUpTo = place.hiddenUpTo,
): SettingsPlace {
  const isSame = by !== undefined && by === place.by;
  return { at, by, othersAt: isSame ? place.othersAt : place.at, hiddenUpTo };
}

/** The newest change that a device has not made itself. */
export function newestForeign({ at, by, othersAt }: SettingsPlace, device: DeviceId): Position {
  return by === device ? othersAt : at;
}
