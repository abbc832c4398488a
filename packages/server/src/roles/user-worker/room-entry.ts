import type { AnyContent, RoomEntry, RoomId, Seq, UserId } from '@maru/protocol';
import { NO_FACTS } from '@maru/protocol';
import type { RoomEvent } from '../../core/room/event.ts';
import { visibleSpans } from '../../core/room/visible-spans.ts';
import { unreadOf } from '../../core/user/unread-of.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { EncodedEntry } from '../../ports/inboxes.ts';
import type { StoredEvent } from '../../ports/room-store.ts';
import { encodeEvent } from '../room-worker/encode-event.ts';
import { type OpenRoom, openRoom, type RoomReads } from '../room-worker/open-room.ts';
import type { HiddenCounts } from './hidden-counts.ts';
import {
  type Inbox,
  type InboxRoom,
  type Membership,
  type Place,
  type Receipt,
  tellsMarks,
} from './inbox.ts';
import { isBlockedBy, isHidden, isSeenBy, memberCountFor, noteOf, relationFor } from './seen-by.ts';

/** Makes a user's entries of their rooms. What it reads of a room goes by the truth about memberships. */
export class RoomEntries {
  readonly #store: InboxStore;
  readonly #rooms: RoomReads;
  readonly #hidden: HiddenCounts;

  constructor(store: InboxStore, rooms: RoomReads, hidden: HiddenCounts) {
    this.#store = store;
    this.#rooms = rooms;
    this.#hidden = hidden;
  }

  /**
   * @param eventCount newest events wanted
   * @param now hides what has expired by then
   * @returns `undefined` if the truth says that the user is no member
   */
  async read(place: Place, eventCount: number, now: number): Promise<EncodedEntry | undefined> {
    const { in: shared, inbox } = place;
    // All of one moment, before membership is asked for: nothing above this head may be read (`[PRIV3]`).
    const { seq } = shared;
    const base = memberEntry(place, 0);
    const facts = unreadFacts(place);
    const { relation } = shared;
    if (isHidden(place)) return undefined;
    const open = await openRoom(this.#rooms, shared.room, inbox.user);
    if (open === undefined) return undefined;
    const [events, receipts, counted, note] = await Promise.all([
      eventCount > 0 ? newestEvents(open, seq, eventCount, now) : [],
      tellsMarks(shared) ? this.receipts(shared, inbox) : undefined,
      this.unreadPart(place, facts).whole,
      isRequested(base) ? readNote(open, relation?.request ?? 0, now) : undefined,
    ]);
    const visible = open.spans as RoomEntry['visible'];
    const others = receipts?.filter(({ user }) => user !== inbox.user);
    const entry = { ...base, visible, ...counted, ...(others && { receipts: others }) };
    return { entry: note === undefined ? entry : { ...entry, ...withNote(entry, note) }, events };
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
    return departedEntry({ room, roomKind, creator, ...event }, membership, event);
  }

  /** Unread messages; asks the store only where something above the mark was deleted or hidden. */
  unread(place: Place): number | Promise<number> {
    return this.#count(unreadFacts(place));
  }

  /** What the request that stands in a direct room says. */
  async note(place: Place, now: number): Promise<AnyContent | undefined> {
    const { relation, room } = place.in;
    const open = await openRoom(this.#rooms, room, place.inbox.user);
    return open && readNote(open, relation?.request ?? 0, now);
  }

  /** How far those members have got whom the reader may see, and the reader. */
  async receipts(shared: InboxRoom, reader: Inbox): Promise<Receipt[]> {
    return (await this.allReceipts(shared)).filter(({ user }) => isSeenBy(shared, user, reader));
  }

  /** How far all members have got: what is saved, and what is newer in memory. */
  async allReceipts(shared: InboxRoom): Promise<Receipt[]> {
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

  /**
   * What an entry says is unread, as of the moment of the facts. What names somebody counts as unread: most rooms are not
   * asked.
   */
  unreadPart(place: Place, facts = unreadFacts(place)): CountedUnread {
    const { isMentionedKnown, mentionedMax } = place.in;
    const unreadCount = this.#count(facts);
    if (typeof unreadCount !== 'number')
      return { atOnce: undefined, whole: this.#withMentions(facts, place, unreadCount) };
    const atOnce = { unreadCount };
    const namesNobody = isMentionedKnown && mentionedMax <= facts.marks.read;
    if (unreadCount === 0 || namesNobody) return { atOnce, whole: atOnce };
    return { atOnce, whole: this.#withMentions(facts, place, unreadCount) };
  }

  async #withMentions(
    facts: UnreadFacts,
    { in: shared, inbox }: Place,
    counting: number | Promise<number>,
  ): Promise<UnreadPart> {
    const { room, user, seq: head, hiddenUpTo, marks } = facts;
    const unreadCount = await counting;
    if (unreadCount === 0 || (await this.#mentionedMax(shared)) <= marks.read) return { unreadCount };
    const [mentions, hides] = await Promise.all([
      this.#store.mentionsAfter(room, marks.read, user),
      hiddenUpTo > marks.read ? this.#hidden.hides(room, user) : undefined,
    ]);
    const unreadMentions = mentions
      .filter(({ seq, author }) => seq <= head && countsMention(inbox, author) && hides?.(seq) !== true)
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

  #count(facts: UnreadFacts): number | Promise<number> {
    const { room, user, seq, ordinal, deletedMax, hiddenUpTo, marks, own } = facts;
    const { read } = marks;
    const count = (gone: number) => unreadOf({ ordinal }, marks, own, gone);
    const deleted = deletedMax > read ? this.#store.deletedAfter(room, read, user) : undefined;
    if (hiddenUpTo <= read) return deleted === undefined ? count(0) : deleted.then(count);
    const hidden = this.#hidden.count(room, user, read, seq);
    return Promise.all([deleted, hidden]).then(([gone = 0, more]) => count(gone + more));
  }
}

/** Whether a mention by somebody counts for the user: none of their own, and none of whom they block. */
function countsMention(inbox: Inbox, author: UserId): boolean {
  return author !== inbox.user && !isBlockedBy(inbox, author);
}

export type UnreadPart = Pick<RoomEntry, 'unreadCount' | 'unreadMentions'>;

/** What memory has of it, if it has the count; and all of it: the same where the store need not be asked. */
interface CountedUnread {
  readonly atOnce: UnreadPart | undefined;
  readonly whole: UnreadPart | Promise<UnreadPart>;
}

/** What an unread count is made of, as of one moment. */
type UnreadFacts = ReturnType<typeof unreadFacts>;

function unreadFacts({ in: shared, inbox, marks, own }: Place) {
  const { room, seq, ordinal, deletedMax } = shared;
  const hiddenUpTo = inbox.settings.hiddenUpTo.get(room) ?? 0;
  return { room, user: inbox.user, seq, ordinal, deletedMax, hiddenUpTo, marks, own };
}

async function newestEvents(open: OpenRoom, seq: Seq, count: number, now: number): Promise<string[]> {
  const floor = open.spans.at(-1)?.[0] ?? seq;
  const events = await open.events(Math.max(floor, seq - count + 1), seq, now);
  return events.map(encodeOnce);
}

function isRequested({ relation }: EncodedEntry['entry']): boolean {
  return relation?.state === 'requested-by-me' || relation?.state === 'requested-by-them';
}

function withNote({ relation }: EncodedEntry['entry'], note: AnyContent): Pick<RoomEntry, 'relation'> {
  return relation === undefined ? {} : { relation: { ...relation, note } };
}

async function readNote(open: OpenRoom, seq: number, now: number): Promise<AnyContent | undefined> {
  const [event] = seq === 0 ? [] : await open.events(seq, seq, now);
  return event && noteOf(event);
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
export function memberEntry(place: Place, unreadCount: number, note?: AnyContent): EncodedEntry['entry'] {
  const { room, roomKind, name, history, facts, creator, seq, ordinal, at } = place.in;
  const { read, unread } = place.marks;
  const relation = relationFor(place, note);
  return {
    room,
    roomKind,
    ...(name !== undefined && { name }),
    history,
    creator,
    membership: 'member',
    memberCount: memberCountFor(place),
    ...(facts !== NO_FACTS && { facts }),
    ...(place.peer !== undefined && { peer: place.peer }),
    ...(relation !== undefined && { relation }),
    visible: visibleSpans(place.intervals) as RoomEntry['visible'],
    head: { seq, ordinal, at },
    marks: { read, unread, delivered: place.deliveredUpTo },
    unreadCount,
  };
}

type DepartedRoom = Pick<RoomEntry, 'room' | 'roomKind' | 'creator' | 'name'> & RoomEntry['head'];

/**
 * The entry of who has left: nothing to see but how they went, nothing unread.
 *
 * @param event the one at which they went; of a channel's reader, who makes none, one that happened before
 */
export function departedEntry(
  room: DepartedRoom,
  membership: Membership,
  event: RoomEvent | undefined,
): EncodedEntry {
  const { seq, ordinal, at } = room;
  const { marks, intervals, peer, delivered } = membership;
  const last = intervals.at(-1);
  const direct = room.roomKind === 'direct';
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
    events: event?.change?.type === last?.how && event !== undefined && !direct ? [encodeEvent(event)] : [],
  };
}
