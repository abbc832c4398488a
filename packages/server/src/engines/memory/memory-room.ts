import { type DeviceId, messagesHiddenBy, type Seq, type UserId } from '@maru/protocol';
import type { EventEntry, MarksEntry, ReaderEntry } from '../../core/log-entry.ts';
import { type Naming, namingsOf } from '../../core/projection/naming.ts';
import { countUpTo } from '../../core/projection/rising.ts';
import { evolveHead, type PlacedHead, withReaders } from '../../core/projection/room-head.ts';
import { earlierMemberships } from '../../core/room/earlier-memberships.ts';
import type { MemberChange } from '../../core/room/event.ts';
import { readerMemberChange } from '../../core/room/member-changes.ts';
import type { SentCommand } from '../../core/room/state.ts';
import type { Position } from '../../ports/position.ts';
import type { Interval } from '../../ports/room-store.ts';
import { MemoryReactions } from './memory-reactions.ts';

/** A user's memberships of a room, with what their newest joining set. */
export interface Membership {
  intervals: Interval[];
  changedAt: Position;
  joinedOrdinal: number;
  joinedOwn: number;
}

/** A command, and when it took effect. */
export interface TimedCommand extends SentCommand {
  readonly at: number;
}

/** All that the memory engine knows of a room. Changed only by `MemoryState`, an entry at a time. */
export class MemoryRoom {
  head: PlacedHead | undefined;
  /** The room's time, which refusals move, too. */
  time = 0;
  /** By `seq − 1`. */
  readonly events: EventEntry[] = [];
  /** Each device's, rising by id. */
  readonly commands = new Map<DeviceId, TimedCommand[]>();
  readonly memberships = new Map<UserId, Membership>();
  readonly marks = new Map<UserId, MarksEntry>();
  /** `seq` of each message's edits, rising. */
  readonly edits = new Map<Seq, Seq[]>();
  readonly reactions = new MemoryReactions();
  /** Counting events that were deleted or have expired, and who wrote them. */
  readonly deleted = new Map<Seq, UserId>();
  /** Who is named in which message. */
  readonly namings = new Map<Seq, Naming>();
  /** `seq` of each user's counting events, rising. */
  readonly own = new Map<UserId, Seq[]>();

  event(seq: number): EventEntry | undefined {
    return this.events[seq - 1];
  }

  /** How many counting events at or below `seq` are the user's. */
  ownAt(user: UserId, seq: number): number {
    return countUpTo(this.own.get(user) ?? [], seq);
  }

  apply(entry: EventEntry): void {
    const { event } = entry;
    if (event.seq !== this.events.length + 1) throw new Error(`seq ${event.seq} after ${this.events.length}`);
    const target = event.kind === 'deletion' ? this.event(event.refersTo ?? 0)?.event : undefined;
    this.head = evolveHead(this.head, entry, target);
    this.events.push(entry);
    this.reactions.apply(event);
    for (const naming of namingsOf(event)) this.namings.set(naming.message, naming);
    if (event.counts) append(this.own, event.sender, event.seq);
    if (event.kind === 'edit' && event.refersTo !== undefined) append(this.edits, event.refersTo, event.seq);
    if (target?.counts === true) this.deleted.set(target.seq, target.sender);
    for (const { seq, sender } of messagesHiddenBy(event)) {
      if (event.kind === 'expired') this.deleted.set(seq, sender);
      this.#erase(seq);
      this.reactions.erase(seq);
      for (const edit of this.edits.get(seq) ?? []) this.#erase(edit);
    }
    for (const change of entry.members ?? [])
      this.#changeMembership(change, { position: entry.position, ordinal: event.ordinal });
  }

  applyReader(entry: ReaderEntry): void {
    if (this.head === undefined) throw new Error(`a reader of no channel at ${entry.position}`);
    this.head = withReaders(this.head, [entry]);
    const { position, reader } = entry;
    this.#changeMembership(readerMemberChange(reader), { position, ordinal: reader.ordinal });
  }

  #changeMembership(
    change: MemberChange,
    at: { readonly position: Position; readonly ordinal: number },
  ): void {
    const known = this.memberships.get(change.user);
    const intervals = known?.intervals ?? [];
    if (change.type === 'opened') {
      const { joined, visibleFrom } = change;
      this.memberships.set(change.user, {
        intervals: [
          ...earlierMemberships(intervals, joined),
          { joined, visibleFrom, left: undefined, how: undefined },
        ],
        changedAt: at.position,
        joinedOrdinal: at.ordinal,
        joinedOwn: this.ownAt(change.user, joined),
      });
      return;
    }
    const last = intervals.at(-1);
    if (known === undefined || last === undefined)
      throw new Error(`no membership to close at ${at.position}`);
    known.intervals = [...intervals.slice(0, -1), { ...last, left: change.left, how: change.how }];
    known.changedAt = at.position;
  }

  #erase(seq: Seq): void {
    const entry = this.event(seq);
    if (entry === undefined) return;
    const { body: _body, ...rest } = entry;
    const { content: _content, ...event } = entry.event;
    this.events[seq - 1] = { ...rest, event };
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
