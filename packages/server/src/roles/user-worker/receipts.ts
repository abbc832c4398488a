import { limits, mayDo, type RoomId, type Seq, type UserId } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { Delivery } from '../../ports/delivery.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { RoomStore } from '../../ports/room-store.ts';
import { fillWatched } from './fill-watched.ts';
import { type InboxRoom, type LiveSession, type Place, type Receipt, tellsMarks } from './inbox.ts';
import type { RoomEntries } from './room-entry.ts';
import { isSeenBy } from './seen-by.ts';
import { SoftQueue } from './soft-queue.ts';
import { SoftTimer } from './soft-timer.ts';
import { COUNTED_MESSAGES_MAX, type ReceiptCount, WatchedRoom } from './watched-room.ts';

/** Marks that moved are pushed this much later, together. */
const RECEIPTS_PUSH_MS = 150;
/** Delivered marks are saved this much later, together. */
const DELIVERED_SAVE_MS = 3_000;

export interface ReceiptsDeps {
  readonly store: InboxStore;
  readonly rooms: RoomStore;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly entries: RoomEntries;
  /** Whether messages wait so long that what is soft should stand back. */
  readonly isStrained: () => boolean;
  readonly onFault: (error: unknown) => void;
}

/** Brings delivered and read marks to others: coalesced, lossy, the first to wait under load (`[SOFT1]`–`[SOFT3]`). */
export class Receipts {
  readonly #deps: ReceiptsDeps;
  readonly #moved: SoftQueue<InboxRoom>;
  readonly #unsaved: SoftQueue<Place>;
  readonly #watched = new Set<InboxRoom>();
  readonly #counts: SoftTimer;

  constructor(deps: ReceiptsDeps) {
    this.#deps = deps;
    const { clock, isStrained } = deps;
    this.#moved = new SoftQueue<InboxRoom>({
      ...{ clock, ms: RECEIPTS_PUSH_MS, isStrained },
      handOn: (rooms) => {
        for (const room of rooms) this.#push(room);
      },
    });
    this.#unsaved = new SoftQueue<Place>({
      ...{ clock, ms: DELIVERED_SAVE_MS, isStrained },
      handOn: (places) => this.#save(places),
    });
    this.#counts = new SoftTimer(clock, limits.RECEIPT_COUNTS_MS, isStrained, () => this.#pushCounts());
  }

  /** One of the user's devices has stored everything up to here. Cheap: it comes for every message. */
  delivered(place: Place, seq: Seq): void {
    const upTo = Math.min(seq, place.in.seq);
    if (upTo <= place.delivered) return;
    place.delivered = upTo;
    if (!place.isSaveDue) {
      place.isSaveDue = true;
      this.#unsaved.add(place);
    }
    this.moved(place);
  }

  /** A mark of the user moved: others are to hear of it. */
  moved(place: Place): void {
    const room = place.in;
    if (!tellsMarks(room)) {
      if (room.watched === undefined) return;
      room.watched.move(place.receipt);
      this.noteCounts(room);
      return;
    }
    if (place.isPushDue || room.people.length < 2) return;
    place.isPushDue = true;
    if (room.movers === undefined) {
      room.movers = [];
      this.#moved.add(room);
    }
    room.movers.push(place);
  }

  /** There is something new to tell to those who look at a big room. */
  noteCounts(room: InboxRoom): void {
    if (room.watched === undefined) return;
    room.watched.isDue = true;
    this.#watched.add(room);
    this.#counts.start();
  }

  /** Somebody opened the room: they get what stands now, and of a big room what changes. */
  async look(place: Place, session: LiveSession): Promise<void> {
    const { entries, delivery } = this.#deps;
    const room = place.in;
    if (!isToldCounts(place)) return;
    if (tellsMarks(room)) {
      const marks = (await entries.receipts(room, place.inbox)).filter(
        ({ user }) => user !== session.info.user,
      );
      if (marks.length > 0) delivery.toSession(session.info.session, receiptsFrame(room.room, marks));
      return;
    }
    const watched = room.watched ?? (await this.#watch(room));
    if (room.lookers?.has(session) !== true) return; // Looked away meanwhile.
    if (room.watched === undefined) {
      room.watched = watched;
      if (room.roomKind === 'channel') this.#fill(room, watched);
    }
    this.#sendCounts(room, watched, [[session, place]]);
  }

  /** Saves what is still to be saved. */
  close(): void {
    this.#counts.stop();
    this.#moved.stop();
    this.#unsaved.drain();
  }

  #save(places: readonly Place[]): void {
    const marks = places.map((place) => {
      place.isSaveDue = false;
      return { user: place.inbox.user, room: place.in.room, delivered: place.delivered };
    });
    this.#deps.store.saveDelivered(marks);
  }

  async #watch(room: InboxRoom): Promise<WatchedRoom> {
    const { entries, rooms } = this.#deps;
    // Not every event is a message; of twice as many, enough will be.
    const from = Math.max(1, room.seq - 2 * COUNTED_MESSAGES_MAX + 1);
    const [marks, events] = await Promise.all([
      room.roomKind === 'channel' ? [] : entries.allReceipts(room),
      rooms.events(room.room, from, room.seq),
    ]);
    return new WatchedRoom(
      marks,
      events.filter(({ kind }) => kind === 'message'),
    );
  }

  /** A channel's readers are many: they are counted by and by, while what moves is counted already. */
  #fill(room: InboxRoom, watched: WatchedRoom): void {
    const { onFault } = this.#deps;
    const isWatched = () => room.watched === watched;
    fillWatched(this.#deps, room, watched, isWatched).then(
      () => isWatched() && this.noteCounts(room),
      onFault,
    );
  }

  #push(room: InboxRoom): void {
    const movers = room.movers ?? [];
    room.movers = undefined;
    const marks: Receipt[] = [];
    for (const place of movers) {
      place.isPushDue = false;
      // Who has left meanwhile tells nobody any more.
      if (place.inbox.places.get(room.room) === place) marks.push(place.receipt);
    }
    if (marks.length === 0) return;
    const only = marks.length === 1 ? marks[0]?.user : undefined;
    const others: UserId[] = [];
    for (const { inbox } of room.people) {
      if (inbox.user === only || inbox.sessions.length === 0) continue;
      const seen = marks.filter(({ user }) => isSeenBy(room, user, inbox));
      if (seen.length === marks.length) others.push(inbox.user);
      else this.#pushTo([inbox.user], room, seen);
    }
    this.#pushTo(others, room, marks);
  }

  #pushTo(users: readonly UserId[], room: InboxRoom, marks: readonly Receipt[]): void {
    if (users.length === 0 || marks.length === 0) return;
    this.#deps.delivery.toUsers(users, receiptsFrame(room.room, marks));
  }

  #pushCounts(): void {
    for (const room of this.#watched) {
      const { watched, lookers } = room;
      if (watched?.isDue === true && lookers !== undefined) {
        watched.isDue = false;
        this.#sendCounts(room, watched, lookers);
      }
    }
    this.#watched.clear();
  }

  #sendCounts(room: InboxRoom, watched: WatchedRoom, lookers: Iterable<readonly [LiveSession, Place]>): void {
    const counts = watched.counts();
    const all = countsFrame(room.room, counts);
    for (const [{ info }, place] of lookers) {
      if (!isToldCounts(place)) continue;
      const seen = counts.filter(({ seq }) => seq >= place.visibleFrom);
      const frame = seen.length === counts.length ? all : countsFrame(room.room, seen);
      this.#deps.delivery.toSession(info.session, frame);
    }
  }
}

/** In a channel counts are for who may post there. */
function isToldCounts({ in: room, inbox }: Place): boolean {
  return room.roomKind !== 'channel' || mayDo(room, inbox.user, 'send');
}

function receiptsFrame(room: RoomId, marks: readonly Receipt[]): string {
  return JSON.stringify({ kind: 'receipts', room, marks });
}

function countsFrame(room: RoomId, counts: readonly ReceiptCount[]): string {
  return JSON.stringify({ kind: 'receipt-counts', room, counts });
}
