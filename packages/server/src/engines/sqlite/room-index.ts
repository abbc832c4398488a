import type { ClientMessageId, DeviceId, ListedChannel, RoomId, Seq, UserId } from '@maru/protocol';
import { isListed, isMadeBy, listedChannel } from '../../core/projection/channel-search.ts';
import { isNamedIn, type Naming, namesSomebody, namingsOf } from '../../core/projection/naming.ts';
import { countUpTo } from '../../core/projection/rising.ts';
import { evolveHead, type RoomHead, withReaders } from '../../core/projection/room-head.ts';
import { asksToJoin } from '../../core/room/asks-to-join.ts';
import type { Position } from '../../ports/position.ts';
import type { ChannelQuery, ExpiringMessage } from '../../ports/room-store.ts';
import { unpackNumbers } from './packed-numbers.ts';
import { expiringKey, type Tail } from './tail.ts';
import type { TailRoom } from './tail-room.ts';
import type { Mention, NumberedHead, OwnCounts, TimedHead, ViewsReader } from './views-reader.ts';

/**
 * Where everything of a room lies: the projections, and above them the tail. The projections may move on between two
 * reads, the tail may not, and each holds what the other lacks; so whatever is in both is taken from one of them.
 */
export class RoomIndex {
  readonly #views: ViewsReader;
  readonly #tail: Tail;

  constructor(views: ViewsReader, tail: Tail) {
    this.#views = views;
    this.#tail = tail;
  }

  head(room: RoomId): TimedHead | undefined {
    const known = this.#views.head(room);
    let head = known?.head;
    let time = known?.time ?? 0;
    let readersAt = known?.readersAt ?? 0;
    for (const newer of this.#tail.of(room)) {
      for (const { rare, hidden, position } of newer.rare) {
        if (rare !== undefined && position > (head?.position ?? 0)) head = evolveHead(head, rare, hidden[0]);
      }
      const last = newer.events.at(-1);
      if (head !== undefined && last !== undefined && last.position > head.position) {
        const { seq, ordinal, at, position } = last;
        head = { ...head, seq, ordinal, at, position };
      }
      const uncounted = newer.readers.filter(({ position }) => position > readersAt);
      if (head !== undefined && uncounted.length > 0) head = withReaders(head, uncounted);
      readersAt = uncounted.at(-1)?.position ?? readersAt;
      const others = Math.max(newer.refusals.at(-1)?.refusal.at ?? 0, newer.readers.at(-1)?.reader.at ?? 0);
      time = Math.max(time, others, last?.at ?? 0);
    }
    return head && { head, time, readersAt };
  }

  /** Positions of the events `from`–`to`, as far as there are any. */
  positions(room: RoomId, from: number, to: number): number[] {
    const first = Math.max(1, from);
    const no = this.#views.room(room);
    const positions = no === undefined ? [] : this.#views.positions(no, first, to);
    for (const newer of this.#tail.of(room)) {
      for (let seq = first + positions.length; seq <= to; seq++) {
        const event = newer.event(seq);
        if (event === undefined) break;
        positions.push(event.position);
      }
    }
    return positions;
  }

  position(room: RoomId, seq: number): number | undefined {
    return this.positions(room, seq, seq)[0];
  }

  /** The newest event at or before a position; 0 if there is none. A dozen look-ups, and fewer near the head. */
  seqAt(room: RoomId, position: number): number {
    const head = this.head(room)?.head.seq ?? 0;
    const isBehind = (seq: number) => (this.position(room, seq) ?? Number.POSITIVE_INFINITY) > position;
    let [step, high] = [1, head + 1];
    while (high - step > 0 && isBehind(high - step)) {
      high -= step;
      step *= 2;
    }
    let low = Math.max(0, high - step);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (isBehind(middle)) high = middle;
      else low = middle;
    }
    return low;
  }

  /** Positions of a device's newest commands by id, in no order: at least `limit` of them, if there are so many. */
  newestCommands(room: RoomId, device: DeviceId, limit: number): number[] {
    const no = this.#views.room(room);
    const positions = new Set(no === undefined ? [] : this.#views.newestCommands(no, device, limit));
    for (const newer of this.#tail.of(room)) {
      for (const event of newer.events) if (event.device === device) positions.add(event.position);
      for (const { refusal, position } of newer.refusals)
        if (refusal.device === device) positions.add(position);
      for (const { position } of newer.readersBy(device)) positions.add(position);
    }
    return [...positions];
  }

  command(room: RoomId, device: DeviceId, id: ClientMessageId): Position | undefined {
    for (const newer of this.#tail.of(room)) {
      const event = newer.events.find((one) => one.command === id && one.device === device);
      if (event !== undefined) return event.position;
      const refused = newer.refusals.find(
        ({ refusal }) => refusal.clientMessageId === id && refusal.device === device,
      );
      if (refused !== undefined) return refused.position;
      const reader = newer
        .readersBy(device)
        .find(({ reader: { clientMessageId } }) => clientMessageId === id);
      if (reader !== undefined) return reader.position;
    }
    const no = this.#views.room(room);
    return no === undefined ? undefined : this.#views.command(no, device, id);
  }

  /** The newest edit of each event `from`–`to` that was edited. */
  newestEdits(room: RoomId, from: number, to: number): Map<number, number> {
    const no = this.#views.room(room);
    const edits = new Map(
      no === undefined ? [] : this.#views.newestEdits(no, from, to).map(({ target, seq }) => [target, seq]),
    );
    for (const newer of this.#tail.of(room)) {
      for (const { target, seq } of editsIn(newer))
        if (target >= from && target <= to) edits.set(target, seq);
    }
    return edits;
  }

  /** All edits of an event. */
  editsOf(room: RoomId, target: number): number[] {
    const no = this.#views.room(room);
    const seqs = new Set(no === undefined ? [] : this.#views.editsOf(no, target));
    for (const newer of this.#tail.of(room)) {
      for (const edit of editsIn(newer)) if (edit.target === target) seqs.add(edit.seq);
    }
    return [...seqs];
  }

  /** How many counting events above `after`, by others than the user, were deleted: at most `limit`. */
  deletedAfter(room: RoomId, after: number, user: UserId, limit: number): number {
    const no = this.#views.room(room);
    const seqs = new Set(no === undefined ? [] : this.#views.deletedAfter(no, after, user, limit));
    for (const newer of this.#tail.of(room)) {
      for (const { hidden } of newer.rare) {
        for (const { seq, counts, author } of hidden)
          if (counts && seq > after && author !== user) seqs.add(seq);
      }
    }
    return Math.min(seqs.size, limit);
  }

  /** Messages that expire by `through` and still say something, the earliest first; none of the rooms `except`. */
  expiring(through: number, limit: number, except: ReadonlySet<RoomId>): ExpiringMessage[] {
    const gone = new Set<string>();
    const newer: ExpiringMessage[] = [];
    for (const segment of this.#tail.expiring()) {
      for (const key of segment.gone) gone.add(key);
      for (const one of segment.expiring)
        if (one.expiresAt <= through && !except.has(one.room)) newer.push(one);
    }
    const numbers = [...except].flatMap((room) => this.#views.room(room) ?? []);
    const found = new Map<string, ExpiringMessage>();
    for (const one of [...this.#views.expiring(through, limit + gone.size, numbers), ...newer]) {
      const key = expiringKey(one.room, one.seq);
      if (!gone.has(key)) found.set(key, one);
    }
    return [...found.values()].sort((a, b) => a.expiresAt - b.expiresAt).slice(0, limit);
  }

  /** Messages above `after` that name the user, rising, and who wrote them: at most `limit`. */
  mentionsAfter(room: RoomId, after: number, user: UserId, limit: number): Mention[] {
    const no = this.#views.room(room);
    const newer = this.#newerNamings(room);
    // What is newer may take away as many of those that are known.
    const known = no === undefined ? [] : this.#views.mentionsAfter(no, after, user, limit + newer.length);
    const bySeq = new Map(known.map((mention) => [mention.seq, mention]));
    for (const naming of newer) {
      if (naming.message <= after) continue;
      if (isNamedIn(naming, user)) bySeq.set(naming.message, { seq: naming.message, author: naming.author });
      else bySeq.delete(naming.message);
    }
    return [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(0, limit);
  }

  /** No message above it names anybody. */
  mentionedMax(room: RoomId): number {
    const no = this.#views.room(room);
    let newest = no === undefined ? 0 : this.#views.mentionedMax(no);
    for (const naming of this.#newerNamings(room)) {
      if (namesSomebody(naming)) newest = Math.max(newest, naming.message);
    }
    return newest;
  }

  /** Rooms in which the user waits to be let in. */
  askedBy(user: UserId): RoomId[] {
    const rooms = new Set([...this.#views.askedBy(user), ...this.#tail.askedBy(user)]);
    return this.#roomsWhere(rooms, (head) => asksToJoin(head, user));
  }

  /** How many channels the user has made that have members. */
  channelsMade(user: UserId): number {
    const relisted = this.#tail.relisted();
    const known = this.#views.channelsMade(user).filter((room) => !relisted.has(room));
    return known.length + this.#roomsWhere(relisted, (head) => isMadeBy(head, user)).length;
  }

  #roomsWhere(rooms: Iterable<RoomId>, holds: (head: RoomHead) => boolean): RoomId[] {
    return [...rooms].filter((room) => {
      const found = this.head(room);
      return found !== undefined && holds(found.head);
    });
  }

  /** Public channels that have members and all the words, those with the most members first, then the oldest. */
  channels({ words, after, limit }: ChannelQuery): ListedChannel[] {
    const relisted = this.#tail.relisted();
    const last = after === undefined ? undefined : this.#placed(after);
    const known = this.#views.channels(words, last, limit + relisted.size);
    const newer = [...relisted]
      .flatMap((room) => this.#placed(room) ?? [])
      .filter(({ head }) => isListed(head, words));
    return [...known.filter(({ head }) => !relisted.has(head.room)), ...newer]
      .filter((channel) => last === undefined || inDirectory(last, channel) < 0)
      .sort(inDirectory)
      .slice(0, limit)
      .map(({ head }) => listedChannel(head));
  }

  /** A room with its number; one that only the tail knows comes behind all others. */
  #placed(room: RoomId): NumberedHead | undefined {
    const head = this.head(room)?.head;
    return head && { head, no: this.#views.room(room) ?? Number.MAX_SAFE_INTEGER };
  }

  #newerNamings(room: RoomId): Naming[] {
    return [...this.#tail.of(room)].flatMap((newer) =>
      newer.rare.flatMap(({ rare }) => (rare === undefined ? [] : namingsOf(rare.event))),
    );
  }

  /** What the projections say of a user in a room. */
  known(room: RoomId, user: UserId): OwnCounts | undefined {
    const no = this.#views.room(room);
    return no === undefined ? undefined : this.#views.own(user, no);
  }

  /** How many counting events at or below `seq` are the user's. `known` is what the projections say. */
  ownAt(room: RoomId, user: UserId, seq: number, known: OwnCounts | undefined): number {
    const newest = known === undefined ? [] : unpackNumbers(known.own_newest);
    const [first] = newest;
    if (known === undefined || first === undefined) return this.#ownInTail(room, user, 0, seq);
    if (seq >= first) {
      const before = known.own - newest.length;
      return before + countUpTo(newest, seq) + this.#ownInTail(room, user, newest.at(-1) ?? 0, seq);
    }
    const block = known.own === newest.length ? undefined : this.#views.ownBlock(user, known.room, seq);
    return block === undefined ? 0 : block.before + countUpTo(block.seqs, seq);
  }

  /** How many counting events of the user's the room has. `known` is what the projections say. */
  own(room: RoomId, user: UserId, known: OwnCounts | undefined): number {
    const last = known === undefined ? 0 : (unpackNumbers(known.own_newest).at(-1) ?? 0);
    return (known?.own ?? 0) + this.#ownInTail(room, user, last, Number.POSITIVE_INFINITY);
  }

  /** The newest counting event of the user's. */
  newestOwn(room: RoomId, user: UserId): number | undefined {
    const known = this.known(room, user);
    let newest = known === undefined ? undefined : unpackNumbers(known.own_newest).at(-1);
    for (const newer of this.#tail.of(room))
      newest = Math.max(newest ?? 0, newer.own(user).at(-1) ?? 0) || undefined;
    return newest;
  }

  /** Counting events of the user's in the tail with `after < seq ≤ through`. */
  #ownInTail(room: RoomId, user: UserId, after: number, through: number): number {
    let count = 0;
    for (const newer of this.#tail.of(room)) {
      const seqs = newer.own(user);
      count += Math.max(0, countUpTo(seqs, through) - countUpTo(seqs, after));
    }
    return count;
  }
}

function* editsIn(room: TailRoom): Generator<{ target: Seq; seq: Seq }> {
  for (const { rare } of room.rare) {
    if (rare?.event.kind !== 'edit' || rare.event.refersTo === undefined) continue;
    yield { target: rare.event.refersTo, seq: rare.event.seq };
  }
}

/** The order of the directory. */
function inDirectory(one: NumberedHead, other: NumberedHead): number {
  const members = other.head.memberCount - one.head.memberCount;
  if (members !== 0 || one.no !== other.no) return members || one.no - other.no;
  return one.head.room < other.head.room ? -1 : Number(one.head.room > other.head.room);
}
