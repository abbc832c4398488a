import type { UserId } from '@maru/protocol';
import { marksAfterJoining } from '../../core/projection/joining-marks.ts';
import { asTold } from '../../core/room/as-told.ts';
import { earlierMemberships } from '../../core/room/earlier-memberships.ts';
import type { MemberChange } from '../../core/room/event.ts';
import { readerMemberChange } from '../../core/room/member-changes.ts';
import type { RoomState } from '../../core/room/state.ts';
import { isVisible, visibleSpans } from '../../core/room/visible-spans.ts';
import type { Delivery } from '../../ports/delivery.ts';
import type { EventEntry, ReaderEntry } from '../../ports/log.ts';
import type { InboxFeed } from '../commit/inbox-feed.ts';
import { encodeEntry, roomFrame } from '../edge/encode-entry.ts';
import { encodeEvent } from '../room-worker/encode-event.ts';
import type { EventTails } from './event-tails.ts';
import type { Inbox, InboxRoom, Membership } from './inbox.ts';
import type { InboxMemory } from './inbox-memory.ts';
import type { Receipts } from './receipts.ts';
import type { RelationChanges } from './relation-changes.ts';
import { departedEntry, memberEntry } from './room-entry.ts';
import { isHidden, noteOf, noteSevered } from './seen-by.ts';

interface InboxFeedDeps {
  readonly memory: InboxMemory;
  readonly tails: EventTails;
  readonly delivery: Delivery;
  readonly receipts: Receipts;
  readonly relations: RelationChanges;
}

/** Applies what rooms commit to the users in memory, and tells who comes in or goes out (`[SYNC9]`). */
export function createInboxFeed({ memory, tails, delivery, receipts, relations }: InboxFeedDeps): InboxFeed {
  return {
    committed(entry, state) {
      const { event, members } = entry;
      const before = event.change?.type === 'related' ? relations.before(entry.room) : undefined;
      const room = memory.advance(entry, state);
      tails.committed(entry);
      if (event.kind === 'message' && room?.watched !== undefined) {
        room.watched.posted(event);
        receipts.noteCounts(room);
      }
      if (before !== undefined && room !== undefined) relations.committed(room, before, event);
      if (members !== undefined) new MembershipPass(memory, delivery, entry, state).apply(members);
    },
    readerCommitted(entry, state) {
      memory.room(entry.room)?.countReaders(state);
      new MembershipPass(memory, delivery, entry, state).apply([readerMemberChange(entry.reader)]);
    },
    sees(user, room, seq) {
      const place = memory.place(user, room);
      return place !== undefined && isVisible(visibleSpans(place.intervals), seq);
    },
  };
}

/** One event that changes who is a member, or a channel's reader who comes or goes. */
class MembershipPass {
  readonly #memory: InboxMemory;
  readonly #delivery: Delivery;
  readonly #entry: EventEntry | ReaderEntry;
  readonly #state: RoomState;
  /** Newcomers who were never here before get the same frame. */
  readonly #fresh: UserId[] = [];
  #freshFrame = '';

  constructor(memory: InboxMemory, delivery: Delivery, entry: EventEntry | ReaderEntry, state: RoomState) {
    this.#memory = memory;
    this.#delivery = delivery;
    this.#entry = entry;
    this.#state = state;
  }

  apply(changes: readonly MemberChange[]): void {
    for (const change of changes) {
      const inbox = this.#memory.touch(change.user);
      if (inbox === undefined) continue;
      if (change.type === 'opened') this.#open(inbox, change);
      else this.#close(inbox, change);
    }
    if (this.#fresh.length > 0) this.#delivery.toUsers(this.#fresh, this.#freshFrame);
  }

  #open(inbox: Inbox, { joined, visibleFrom }: MemberChange & { type: 'opened' }): void {
    const { position, room } = this.#entry;
    const event = this.#entry.type === 'event' ? this.#entry.event : undefined;
    const { ordinal } = event ?? this.#state;
    const former = inbox.departed?.get(room);
    const own = former?.own ?? 0;
    const intervals = former?.intervals ?? [];
    const place = this.#memory.enter(inbox, room, {
      peer: this.#peerOf(inbox.user),
      intervals: [
        ...earlierMemberships(intervals, joined),
        { joined, visibleFrom, left: undefined, how: undefined },
      ],
      marks: marksAfterJoining(former?.marks, { joined, ordinal, own }),
      changedAt: position,
      own,
      delivered: former?.delivered ?? 0,
    });
    this.#makeKnown(place.in);
    noteSevered(place);
    if (isHidden(place)) return;
    const isFresh = former === undefined && place.peer === undefined;
    if (isFresh && this.#freshFrame !== '') {
      this.#fresh.push(inbox.user);
      return;
    }
    const events = event === undefined ? [] : [encodeEvent(asTold(event, inbox.user))];
    const note = event && noteOf(event);
    const frame = roomFrame(encodeEntry({ entry: memberEntry(place, 0, note), events }));
    if (isFresh) {
      this.#freshFrame = frame;
      this.#fresh.push(inbox.user);
    } else {
      this.#delivery.toUsers([inbox.user], frame);
    }
  }

  #close(inbox: Inbox, { left, how }: MemberChange & { type: 'closed' }): void {
    const { room, position } = this.#entry;
    const place = inbox.places.get(room);
    if (place === undefined) return;
    place.in.watched?.leave(inbox.user);
    this.#memory.leave(place);
    const { peer, marks, own, delivered } = place;
    const { former = [], joined, visibleFrom } = place;
    const intervals = [...former, { joined, visibleFrom, left, how }];
    const membership: Membership = { peer, marks, own, delivered, intervals, changedAt: position };
    inbox.departed ??= new Map();
    inbox.departed.set(room, membership);
    const { name, ...state } = this.#state;
    const event = this.#entry.type === 'event' ? this.#entry.event : undefined;
    const entry = departedEntry({ ...state, ...(name !== undefined && { name }) }, membership, event);
    this.#delivery.toUsers([inbox.user], roomFrame(encodeEntry(entry)));
  }

  /** A room that nobody in memory was in before this event. */
  #makeKnown(room: InboxRoom): void {
    if (this.#entry.type === 'reader') {
      room.meet(this.#entry, this.#state);
      return;
    }
    if (room.position >= this.#entry.position) return;
    room.advance(this.#entry, this.#state);
    if (this.#entry.event.kind === 'created') room.loaded = true;
  }

  #peerOf(user: UserId): UserId | undefined {
    if (this.#state.roomKind !== 'direct') return undefined;
    for (const member of this.#state.members.keys()) if (member !== user) return member;
    return undefined;
  }
}
