import { type Reactions, type RoomId, type Seq, type UserId, withReaction } from '@maru/protocol';
import type { RoomEvent } from '../../core/room/event.ts';
import type { Reacted, ReactedBy } from '../../ports/room-store.ts';
import type { ReactionsReader } from './reactions-reader.ts';
import type { Tail } from './tail.ts';

/** How the number of a room in `views.db` is found. */
interface RoomNumbers {
  room(room: RoomId): number | undefined;
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
    for (const event of this.#newer(room, from, to)) {
      const target = event.refersTo ?? 0;
      if (event.change?.type !== 'reacted') counts.delete(target);
      else {
        const known = counts.get(target);
        if (known !== undefined && known.seq >= event.seq) continue;
        const kinds = withReaction(known?.kinds ?? [], { ...event.change, mine: false });
        counts.set(target, { seq: event.seq, kinds });
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
    for (const { change, sender: user, seq } of this.#newer(room, target, target)) {
      if (change?.type !== 'reacted') standing.clear();
      else if (!change.on) standing.delete(keyOf(user, change.reaction));
      else standing.set(keyOf(user, change.reaction), { user, reaction: change.reaction, seq });
    }
    return [...standing.values()].sort((a, b) => a.seq - b.seq);
  }

  /** The kinds that a user has put on a message, and by which events. */
  ownOf(room: RoomId, target: Seq, user: UserId): ReactedBy['own'] {
    const no = this.#numbers.room(room);
    const own = no === undefined ? new Map<string, Seq>() : this.#reader.ownOf(no, target, user);
    for (const { change, sender, seq } of this.#newer(room, target, target)) {
      if (change?.type !== 'reacted') own.clear();
      else if (sender === user && change.on) own.set(change.reaction, seq);
      else if (sender === user) own.delete(change.reaction);
    }
    return Array.from(own, ([reaction, seq]) => ({ reaction, seq }));
  }

  /** Reactions to the messages `from`–`to` and deletions of them, as far as the tail has them, in order. */
  *#newer(room: RoomId, from: number, to: number): Generator<RoomEvent> {
    for (const { rare } of this.#tail.of(room)) {
      for (const { rare: entry } of rare) {
        const event = entry?.event;
        if (event?.refersTo === undefined || event.refersTo < from || event.refersTo > to) continue;
        if (event.kind === 'deletion' || event.change?.type === 'reacted') yield event;
      }
    }
  }
}
