import {
  messagesHiddenBy,
  type Reactions,
  type RoomId,
  type Seq,
  type UserId,
  withReaction,
} from '@maru/protocol';
import type { RoomEvent } from '../../core/room/event.ts';
import type { Reacted, ReactedBy } from '../../ports/room-store.ts';
import type { ReactionsReader } from './reactions-reader.ts';
import type { Tail } from './tail.ts';

/** How the number of a room in `views.db` is found. */
interface RoomNumbers {
  room(room: RoomId): number | undefined;
}

/** A reaction to a message; without one, that the message was deleted or has expired. */
interface Newer {
  readonly target: Seq;
  readonly reacted?: Reacted & { readonly on: boolean };
}

/**
 * What stands on messages: the projections, and above them the tail. What is in both is told by its number, and changes
 * nothing a second time.
 */
export class ReactionIndex {
  readonly #reader: ReactionsReader;
  readonly #numbers: RoomNumbers;
  readonly #tail: Tail;

  constructor(reader: ReactionsReader, numbers: RoomNumbers, tail: Tail) {
    this.#reader = reader;
    this.#numbers = numbers;
    this.#tail = tail;
  }

  /** What stands on the messages `from`–`to` that ever had a reaction, by their numbers. */
  counts(room: RoomId, from: number, to: number): ReadonlyMap<number, Reactions> {
    const no = this.#numbers.room(room);
    const counts = no === undefined ? new Map<number, Reactions>() : this.#reader.counts(no, from, to);
    for (const { target, reacted } of this.#newer(room, from, to)) {
      if (reacted === undefined) counts.delete(target);
      else {
        const known = counts.get(target);
        if (known !== undefined && known.seq >= reacted.seq) continue;
        const { seq, reaction, on } = reacted;
        counts.set(target, { seq, kinds: withReaction(known?.kinds ?? [], { reaction, on, mine: false }) });
      }
    }
    return counts;
  }

  /** Who has put what on a message, the oldest first. */
  standing(room: RoomId, target: Seq): Reacted[] {
    const no = this.#numbers.room(room);
    const keyOf = (user: UserId, reaction: string) => `${user} ${reaction}`;
    const known = no === undefined ? [] : this.#reader.standing(no, target);
    const standing = new Map(known.map((one) => [keyOf(one.user, one.reaction), one]));
    for (const { reacted } of this.#newer(room, target, target)) {
      if (reacted === undefined) standing.clear();
      else {
        const { user, reaction, seq, on } = reacted;
        standing.delete(keyOf(user, reaction));
        if (on) standing.set(keyOf(user, reaction), { user, reaction, seq });
      }
    }
    return [...standing.values()].sort((a, b) => a.seq - b.seq);
  }

  /** The kinds that a user has put on a message, and by which events. */
  ownOf(room: RoomId, target: Seq, user: UserId): ReactedBy['own'] {
    const no = this.#numbers.room(room);
    const own = no === undefined ? new Map<string, Seq>() : this.#reader.ownOf(no, target, user);
    for (const { reacted } of this.#newer(room, target, target)) {
      if (reacted === undefined) own.clear();
      else if (reacted.user === user && reacted.on) own.set(reacted.reaction, reacted.seq);
      else if (reacted.user === user) own.delete(reacted.reaction);
    }
    return Array.from(own, ([reaction, seq]) => ({ reaction, seq }));
  }

  /** What happened to what stands on the messages `from`–`to`, as far as the tail has it, in order. */
  *#newer(room: RoomId, from: number, to: number): Generator<Newer> {
    for (const { rare } of this.#tail.of(room)) {
      for (const { rare: entry } of rare) {
        if (entry === undefined) continue;
        for (const one of newerOf(entry.event)) if (one.target >= from && one.target <= to) yield one;
      }
    }
  }
}

function newerOf(event: RoomEvent): readonly Newer[] {
  const { seq, sender: user, refersTo, change } = event;
  if (change?.type !== 'reacted') return messagesHiddenBy(event).map((hidden) => ({ target: hidden.seq }));
  if (refersTo === undefined) return [];
  return [{ target: refersTo, reacted: { user, reaction: change.reaction, seq, on: change.on } }];
}
