import { limits, type UserId } from '@maru/protocol';
import { marksAfterJoining } from '../../core/projection/joining-marks.ts';
import type { InboxStore, UserRoom } from '../../ports/inbox-store.ts';
import type { Position } from '../../ports/position.ts';
import type { LogReader, Memberships, PlacedMarks } from './log-reader.ts';
import type { RoomIndex } from './room-index.ts';
import type { SoftMarks } from './soft-marks.ts';
import type { OwnCounts, ViewsReader } from './views-reader.ts';

/** Deleted events are counted up to here: what is shown stops at 999. */
const DELETED_COUNT_MAX = 1_000;

interface Parts {
  readonly index: RoomIndex;
  readonly log: LogReader;
  readonly views: ViewsReader;
  readonly soft: SoftMarks;
  /** Something soft waits to be written. */
  readonly softWritten: () => void;
}

/** `InboxStore` over SQLite. Memberships and marks are read from the truth, all else through the index. */
export function sqliteInboxStore({ index, log, views, soft, softWritten }: Parts): InboxStore {
  return {
    async roomsOf(user) {
      const marks = log.marks(user);
      const counts = views.userRooms(user);
      return log.memberships(user).map((membership) => {
        const { room } = membership;
        return userRoom(
          index,
          user,
          membership,
          marks.get(room),
          counts.get(room),
          soft.delivered(user, room),
        );
      });
    },
    async heads(rooms) {
      return rooms.flatMap((room) => index.head(room)?.head ?? []);
    },
    async deletedAfter(room, after, user) {
      return index.deletedAfter(room, after, user, DELETED_COUNT_MAX);
    },
    async mentionsAfter(room, after, user) {
      return index.mentionsAfter(room, after, user, limits.UNREAD_MENTIONS_MAX);
    },
    async mentionedMax(room) {
      return index.mentionedMax(room);
    },
    async watermarks(room, members) {
      const users = members ?? log.membersAt(room, Number.MAX_SAFE_INTEGER).map(({ user }) => user);
      return users.flatMap((user) => {
        const delivered = Math.max(index.known(room, user)?.delivered ?? 0, soft.delivered(user, room));
        const read = log.readMark(user, room);
        return delivered > 0 || read > 0 ? { user, delivered, read } : [];
      });
    },
    async members(room) {
      return log.membersAt(room, Number.MAX_SAFE_INTEGER).map(({ user, joined }) => ({ user, joined }));
    },
    saveDelivered(marks) {
      for (const { user, room, delivered } of marks) soft.saveDelivered(user, room, delivered);
      softWritten();
    },
    saveLastActive(times) {
      for (const { user, at } of times) soft.saveLastActive(user, at);
      softWritten();
    },
    async lastActive(users) {
      return users.flatMap((user) => {
        const at = soft.lastActive(user) ?? views.lastActive(user);
        return at === undefined ? [] : { user, at };
      });
    },
  };
}

function userRoom(
  index: RoomIndex,
  user: UserId,
  membership: Memberships,
  marked: PlacedMarks | undefined,
  counts: OwnCounts | undefined,
  delivered: number,
): UserRoom {
  const { room, intervals, joinedOrdinal, peer, position } = membership;
  const joined = intervals.at(-1)?.joined ?? 0;
  const ownByThen = joinedOrdinal === 0 ? 0 : index.ownAt(room, user, joined, counts);
  return {
    room,
    intervals,
    marks: marksAfterJoining(marked?.marks, { joined, ordinal: joinedOrdinal, own: ownByThen }),
    delivered: Math.max(delivered, counts?.delivered ?? 0),
    changedAt: Math.max(position, marked?.position ?? 0) as Position,
    own: index.own(room, user, counts),
    peer,
  };
}
