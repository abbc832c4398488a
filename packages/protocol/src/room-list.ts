/** How a user's rooms stand in a list: pure functions of what the user keeps and of the room's head. */
import type { RoomId } from './ids.ts';
import type { Mute, RoomOwn } from './own-settings.ts';

/** A room as far as its place in a list goes by it. */
export interface ListedRoom {
  readonly room: RoomId;
  readonly own: RoomOwn;
  /** Counting events that it has. */
  readonly ordinal: number;
  /** When it last changed. */
  readonly at: number;
}

/** The room's mute, as long as it holds. @param now milliseconds since the epoch */
export function muteInForce({ mute }: RoomOwn, now: number): Mute | undefined {
  return mute !== undefined && (mute.until === 'ever' || mute.until > now) ? mute : undefined;
}

/** Whether the room is put away: a message that counts brings it back, unless it is muted (`[OWN6]`). */
export function isArchived({ own, ordinal }: Pick<ListedRoom, 'own' | 'ordinal'>, now: number): boolean {
  return own.archived !== undefined && (ordinal <= own.archived || muteInForce(own, now) !== undefined);
}

/** The order of a user's list, for sorting: pinned rooms as the user put them, the others by time, archived ones last. */
export function compareRooms(a: ListedRoom, b: ListedRoom, now: number): number {
  const archived = Number(isArchived(a, now)) - Number(isArchived(b, now));
  if (archived !== 0) return archived;
  const [pinnedA, pinnedB] = [a.own.pinned, b.own.pinned];
  if (pinnedA !== undefined || pinnedB !== undefined) {
    const pinned = (pinnedA ?? Number.POSITIVE_INFINITY) - (pinnedB ?? Number.POSITIVE_INFINITY);
    if (pinned !== 0) return pinned;
  } else if (a.at !== b.at) {
    return b.at - a.at;
  }
  return a.room < b.room ? -1 : Number(a.room > b.room);
}
