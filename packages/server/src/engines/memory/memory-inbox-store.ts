import { limits, type RoomId, type UserId } from '@maru/protocol';
import { marksAfterJoining } from '../../core/projection/joining-marks.ts';
import { isNamedIn, namesSomebody } from '../../core/projection/naming.ts';
import type { InboxStore, UserRoom, Watermarks } from '../../ports/inbox-store.ts';
import type { Position } from '../../ports/position.ts';
import type { MemoryRoom } from './memory-room.ts';
import { presentMembers } from './memory-room-store.ts';
import type { MemoryState } from './memory-state.ts';

/** Deleted events are counted up to here: what is shown stops at 999. */
const DELETED_COUNT_MAX = 1_000;

/** What may be lost in a crash. */
export class SoftState {
  readonly delivered = new Map<RoomId, Map<UserId, number>>();
  readonly lastActive = new Map<UserId, number>();
}

/** `InboxStore` over what the memory engine holds at this moment. */
export function memoryInboxStore({ rooms, roomsOf }: MemoryState, soft: SoftState): InboxStore {
  const { delivered, lastActive } = soft;
  const deliveredTo = (room: RoomId, user: UserId) => delivered.get(room)?.get(user) ?? 0;

  return {
    async roomsOf(user) {
      const list: UserRoom[] = [];
      for (const id of roomsOf.get(user) ?? []) {
        const room = rooms.get(id);
        if (room !== undefined) list.push(userRoom(id, room, user, deliveredTo(id, user)));
      }
      return list;
    },
    async heads(ids) {
      return ids.flatMap((id) => rooms.get(id)?.head ?? []);
    },
    async deletedAfter(id, after, user) {
      let count = 0;
      for (const [seq, author] of rooms.get(id)?.deleted ?? []) if (seq > after && author !== user) count++;
      return Math.min(count, DELETED_COUNT_MAX);
    },
    async mentionsAfter(id, after, user) {
      const named = [...(rooms.get(id)?.namings.values() ?? [])].filter(
        (naming) => naming.message > after && isNamedIn(naming, user),
      );
      return named
        .sort((a, b) => a.message - b.message)
        .slice(0, limits.UNREAD_MENTIONS_MAX)
        .map(({ message, author }) => ({ seq: message, author }));
    },
    async mentionedMax(id) {
      let newest = 0;
      for (const naming of rooms.get(id)?.namings.values() ?? []) {
        if (namesSomebody(naming)) newest = Math.max(newest, naming.message);
      }
      return newest;
    },
    async watermarks(id, members) {
      const room = rooms.get(id);
      if (room === undefined) return [];
      const list: Watermarks[] = [];
      for (const user of members ?? presentMembers(room).map(([user]) => user)) {
        const read = room.marks.get(user)?.marks.read ?? 0;
        const marks = { user, delivered: deliveredTo(id, user), read };
        if (marks.delivered > 0 || marks.read > 0) list.push(marks);
      }
      return list;
    },
    async members(id) {
      const room = rooms.get(id);
      return room === undefined
        ? []
        : Array.from(presentMembers(room), ([user, { joined }]) => ({ user, joined }));
    },
    saveDelivered(marks) {
      for (const { user, room, delivered: seq } of marks) {
        const users = delivered.get(room) ?? new Map<UserId, number>();
        delivered.set(room, users.set(user, Math.max(seq, users.get(user) ?? 0)));
      }
    },
    saveLastActive(times) {
      for (const { user, at } of times) lastActive.set(user, at);
    },
    async lastActive(users) {
      return users.flatMap((user) => {
        const at = lastActive.get(user);
        return at === undefined ? [] : [{ user, at }];
      });
    },
  };
}

function userRoom(id: RoomId, room: MemoryRoom, user: UserId, delivered: number): UserRoom {
  const membership = room.memberships.get(user);
  const marked = room.marks.get(user);
  const intervals = membership?.intervals ?? [];
  return {
    room: id,
    intervals,
    marks: marksAfterJoining(marked?.marks, {
      joined: intervals.at(-1)?.joined ?? 0,
      ordinal: membership?.joinedOrdinal ?? 0,
      own: membership?.joinedOwn ?? 0,
    }),
    delivered,
    changedAt: Math.max(membership?.changedAt ?? 0, marked?.position ?? 0) as Position,
    own: room.own.get(user)?.length ?? 0,
    peer: room.head?.roomKind === 'direct' ? otherOf(room, user) : undefined,
  };
}

function otherOf(room: MemoryRoom, user: UserId): UserId | undefined {
  for (const other of room.memberships.keys()) if (other !== user) return other;
  return undefined;
}
