import { limits, type UserId } from '@maru/protocol';
import { isListed, isMadeBy, listedChannel } from '../../core/projection/channel-search.ts';
import { targetFacts } from '../../core/projection/target-facts.ts';
import { asksToJoin } from '../../core/room/asks-to-join.ts';
import type { Member, RoomState } from '../../core/room/state.ts';
import type { Interval, RoomStore, StoredEvent } from '../../ports/room-store.ts';
import type { MemoryRoom } from './memory-room.ts';
import type { MemoryState } from './memory-state.ts';

/** `RoomStore` over what the memory engine holds at this moment. */
export function memoryRoomStore({ rooms, expiring }: MemoryState): RoomStore {
  return {
    async state(id) {
      const room = rooms.get(id);
      return room === undefined ? undefined : roomState(room);
    },
    async window(id, device, limit = limits.SEND_WINDOW_IDS) {
      const newest = rooms.get(id)?.commands.get(device)?.slice(-limit);
      if (newest === undefined) return undefined;
      return {
        at: Math.max(...newest.map(({ at }) => at)),
        sent: newest.map(({ clientMessageId, outcome }) => ({ clientMessageId, outcome })),
      };
    },
    async outcome(id, device, clientMessageId) {
      const sent = rooms.get(id)?.commands.get(device);
      return sent?.find((command) => command.clientMessageId === clientMessageId)?.outcome;
    },
    async events(id, from, to) {
      const room = rooms.get(id);
      if (room === undefined || to < 1) return [];
      return room.events.slice(Math.max(0, from - 1), to).map(({ event }) => storedEvent(room, event));
    },
    async lastMessageAt(id, user) {
      const newest = rooms.get(id)?.own.get(user)?.at(-1);
      return newest === undefined ? undefined : rooms.get(id)?.event(newest)?.event.at;
    },
    async target(id, seq) {
      const event = rooms.get(id)?.event(seq)?.event;
      return event === undefined ? undefined : targetFacts(event);
    },
    async edits(id, seq) {
      return [...(rooms.get(id)?.edits.get(seq) ?? [])];
    },
    async reacted(id, seq, user) {
      const reactions = rooms.get(id)?.reactions;
      return { all: reactions?.of(seq), own: reactions?.ownOf(seq, user) ?? [] };
    },
    async reactions(id, seq) {
      return rooms.get(id)?.reactions.standing(seq) ?? [];
    },
    async body(id, seq) {
      return rooms.get(id)?.event(seq)?.body;
    },
    async intervals(id, user) {
      return rooms.get(id)?.memberships.get(user)?.intervals ?? [];
    },
    async expiring(through, limit, except) {
      const due = expiring
        .values()
        .filter((one) => one.expiresAt <= through && except?.has(one.room) !== true);
      return [...due].sort((a, b) => a.expiresAt - b.expiresAt).slice(0, limit);
    },
    async membersAfter(id, after, limit) {
      const room = rooms.get(id);
      if (room === undefined) return [];
      return Array.from(presentMembers(room), ([user, { joined }]) => ({ user, joined }))
        .filter(({ user }) => after === undefined || user > after)
        .sort((a, b) => (a.user < b.user ? -1 : 1))
        .slice(0, limit);
    },
    async askedBy(user) {
      const asked = rooms.values().filter(({ head }) => head !== undefined && asksToJoin(head, user));
      return [...asked].flatMap(({ head }) => head?.room ?? []);
    },
    async channelsMade(user) {
      return [...rooms.values()].filter(({ head }) => head !== undefined && isMadeBy(head, user)).length;
    },
    async channels({ words, after, limit }) {
      const all = [...rooms.values()].flatMap(({ head }) => (head === undefined ? [] : head));
      all.sort((a, b) => b.memberCount - a.memberCount);
      return all
        .slice(all.findIndex(({ room }) => room === after) + 1)
        .filter((head) => isListed(head, words))
        .slice(0, limit)
        .map(listedChannel);
    },
    async seqAt(id, position) {
      return rooms.get(id)?.events.findLast((entry) => entry.position <= position)?.event.seq ?? 0;
    },
    async countsAt(id, seq, user) {
      const room = rooms.get(id);
      const event = room?.event(seq)?.event;
      if (room === undefined || event === undefined) return undefined;
      return { ordinal: event.ordinal, own: room.ownAt(user, seq) };
    },
  };
}

const NOBODY: RoomState['members'] = new Map();

function roomState(room: MemoryRoom): RoomState | undefined {
  const { head } = room;
  if (head === undefined) return undefined;
  const { position: _position, deletedMax: _deleted, relatedAt: _at, ...rest } = head;
  const members = head.roomKind === 'channel' ? NOBODY : new Map(presentMembers(room));
  return { ...rest, at: room.time, members, windows: [], slowSends: undefined };
}

/** Who is a member now. */
export function* presentMembers(room: MemoryRoom): Generator<[UserId, Member]> {
  for (const [user, { intervals }] of room.memberships) {
    const last: Interval | undefined = intervals.at(-1);
    if (last === undefined || last.left !== undefined) continue;
    yield [user, { joined: last.joined, visibleFrom: last.visibleFrom }];
  }
}

function storedEvent(room: MemoryRoom, event: StoredEvent): StoredEvent {
  if (event.content === undefined) return event;
  const newest = room.edits.get(event.seq)?.at(-1);
  const edit = newest === undefined ? undefined : room.event(newest)?.event;
  const reactions = room.reactions.of(event.seq);
  if (edit === undefined) return reactions === undefined ? event : { ...event, reactions };
  const { seq, at, content } = edit;
  const edited = { seq, at, ...(content !== undefined && { content }) };
  return { ...event, edited, ...(reactions !== undefined && { reactions }) };
}
