import type { RoomEntry, RoomId, Seq, UserId } from '@maru/protocol';
import { limits, NO_FACTS } from '@maru/protocol';
import { visibleSpans } from '../../core/room/visible-spans.ts';
import { unreadOf } from '../../core/user/unread-of.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { EncodedEntry } from '../../ports/inboxes.ts';
import type { StoredEvent } from '../../ports/room-store.ts';
import { encodeEvent } from '../room-worker/encode-event.ts';
import { type OpenRoom, openRoom, type RoomReads } from '../room-worker/open-room.ts';
import type { InboxRoom, Membership, Place, Receipt } from './inbox.ts';

/** Makes a user's entries of their rooms. What it reads of a room goes by the truth about memberships. */
export class RoomEntries {
  readonly #store: InboxStore;
  readonly #rooms: RoomReads;

  constructor(store: InboxStore, rooms: RoomReads) {
    this.#store = store;
    this.#rooms = rooms;
  }

  /**
   * @param eventCount newest events wanted
   * @param now hides what has expired by then
   * @returns `undefined` if the truth says that the user is no member
   */
  async read(place: Place, eventCount: number, now: number): Promise<EncodedEntry | undefined> {
    const { in: shared, inbox } = place;
    // All of one moment, before membership is asked for: nothing above this head may be read (`[PRIV3]`).
    const { seq, memberCount } = shared;
    const base = memberEntry(place, 0);
    const facts = unreadFacts(place);
    const open = await openRoom(this.#rooms, shared.room, inbox.user);
    if (open === undefined) return undefined;
    const [events, receipts, unread] = await Promise.all([
      eventCount > 0 ? newestEvents(open, seq, eventCount, now) : [],
      memberCount <= limits.RECEIPTS_PUSHED_MEMBERS_MAX ? this.receipts(shared) : undefined,
      this.#unread(facts, seq),
    ]);
    const others = receipts?.filter(({ user }) => user !== inbox.user);
    const visible = open.spans as RoomEntry['visible'];
    return { entry: { ...base, visible, ...unread, ...(others && { receipts: others }) }, events };
  }

  /** The entry of a room that the user is no longer in: where they left, and nothing of what came after. */
  async readDeparted(room: RoomId, membership: Membership): Promise<EncodedEntry | undefined> {
    const last = membership.intervals.at(-1);
    if (last?.left === undefined) return undefined;
    const [[head], [event]] = await Promise.all([
      this.#store.heads([room]),
      this.#rooms.events(room, last.left, last.left),
    ]);
    if (head === undefined || event === undefined) return undefined;
    // What can't have changed since they left; the rest of the head is of now.
    const { roomKind, creator } = head;
    return departedEntry({ room, roomKind, creator, ...event }, membership);
  }

  /** Unread messages; asks the store only where something above the mark was deleted. */
  unread(place: Place): number | Promise<number> {
    return this.#count(unreadFacts(place));
  }

  /** How far the members have got: what is saved, and what is newer in memory. */
  async receipts(shared: InboxRoom): Promise<Receipt[]> {
    const saved = await this.#store.watermarks(shared.room);
    const byUser = new Map<UserId, Receipt>();
    for (const { user, delivered, read } of saved) {
      byUser.set(user, { user, delivered: Math.max(delivered, read), read });
    }
    for (const { receipt } of shared.people) {
      if (receipt.delivered === 0) continue;
      const { user } = receipt;
      const read = Math.max(receipt.read, byUser.get(user)?.read ?? 0);
      const delivered = Math.max(receipt.delivered, byUser.get(user)?.delivered ?? 0);
      byUser.set(user, { user, delivered, read });
    }
    return [...byUser.values()];
  }

  /** What an entry up to `head` says is unread. What names somebody counts as unread: most rooms are not asked. */
  async #unread(facts: UnreadFacts, head: Seq): Promise<Pick<RoomEntry, 'unreadCount' | 'unreadMentions'>> {
    const { room, user, marks } = facts;
    const unreadCount = await this.#count(facts);
    if (unreadCount === 0 || (await this.#mentionedMax(facts.in)) <= marks.read) return { unreadCount };
    const mentions = await this.#store.mentionsAfter(room, marks.read, user);
    const unreadMentions = mentions
      .filter(({ seq, author }) => seq <= head && countsMention(user, author))
      .map(({ seq }) => seq);
    return unreadMentions.length === 0 ? { unreadCount } : { unreadCount, unreadMentions };
  }

  /** Asks the store once for a room in memory. */
  async #mentionedMax(shared: InboxRoom): Promise<number> {
    if (!shared.isMentionedKnown) {
      const stored = await this.#store.mentionedMax(shared.room);
      // An event may have come meanwhile.
      shared.mentionedMax = Math.max(shared.mentionedMax, stored);
      shared.isMentionedKnown = true;
    }
    return shared.mentionedMax;
  }

  #count({ room, user, ordinal, deletedMax, marks, own }: UnreadFacts): number | Promise<number> {
    if (deletedMax <= marks.read) return unreadOf({ ordinal }, marks, own, 0);
    const hidden = this.#store.deletedAfter(room, marks.read, user);
    return hidden.then((count) => unreadOf({ ordinal }, marks, own, count));
  }
}

/** Whether somebody's mention of a user counts: whoever comes to be blocked is to be left out here. */
function countsMention(user: UserId, author: UserId): boolean {
  return author !== user;
}

/** What an unread count is made of, as of one moment. */
type UnreadFacts = ReturnType<typeof unreadFacts>;

function unreadFacts({ in: shared, inbox, marks, own }: Place) {
  const { room, ordinal, deletedMax } = shared;
  return { in: shared, room, user: inbox.user, ordinal, deletedMax, marks, own };
}

async function newestEvents(open: OpenRoom, seq: Seq, count: number, now: number): Promise<string[]> {
  const floor = open.spans.at(-1)?.[0] ?? seq;
  const events = await open.events(Math.max(floor, seq - count + 1), seq, now);
  return events.map(encodeOnce);
}

/** Events that many ask for are the same objects each time. */
const encoded = new WeakMap<StoredEvent, string>();

function encodeOnce(event: StoredEvent): string {
  let json = encoded.get(event);
  if (json === undefined) {
    json = encodeEvent(event);
    encoded.set(event, json);
  }
  return json;
}

/** A member's entry, by what is in memory. */
export function memberEntry(place: Place, unreadCount: number): EncodedEntry['entry'] {
  const { room, roomKind, name, history, facts, creator, memberCount, seq, ordinal, at } = place.in;
  const { read, unread } = place.marks;
  return {
    room,
    roomKind,
    ...(name !== undefined && { name }),
    history,
    creator,
    membership: 'member',
    memberCount,
    ...(facts !== NO_FACTS && { facts }),
    ...(place.peer !== undefined && { peer: place.peer }),
    visible: visibleSpans(place.intervals) as RoomEntry['visible'],
    head: { seq, ordinal, at },
    marks: { read, unread, delivered: place.deliveredUpTo },
    unreadCount,
  };
}

type DepartedRoom = Pick<RoomEntry, 'room' | 'roomKind' | 'creator' | 'name'> & RoomEntry['head'];

/** The entry of who has left: nothing to see, nothing unread. */
export function departedEntry(room: DepartedRoom, membership: Membership): EncodedEntry {
  const { seq, ordinal, at } = room;
  const { marks, intervals, peer, delivered } = membership;
  const last = intervals.at(-1);
  return {
    entry: {
      room: room.room,
      roomKind: room.roomKind,
      ...(room.name !== undefined && { name: room.name }),
      // What held for them: the room's setting may have changed since, which is no longer theirs to know.
      history: last?.visibleFrom === 1 ? 'all' : 'since-joined',
      creator: room.creator,
      membership: last?.how ?? 'left',
      memberCount: 0,
      ...(peer !== undefined && { peer }),
      visible: [],
      head: { seq, ordinal, at },
      marks: { read: marks.read, unread: false, delivered: Math.max(delivered, marks.read) },
      unreadCount: 0,
    },
    events: [],
  };
}
