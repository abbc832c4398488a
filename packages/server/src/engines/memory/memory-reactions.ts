import { type Reactions, type Seq, type UserId, withReaction } from '@maru/protocol';
import type { RoomEvent } from '../../core/room/event.ts';
import type { Reacted } from '../../ports/room-store.ts';

interface OnMessage {
  reactions: Reactions;
  readonly standing: Map<string, Reacted>;
}

/** What stands on the messages of one room. */
export class MemoryReactions {
  readonly #messages = new Map<Seq, OnMessage>();

  apply({ seq, sender, refersTo, change }: RoomEvent): void {
    if (change?.type !== 'reacted' || refersTo === undefined) return;
    const { reaction, on } = change;
    const known = this.#messages.get(refersTo);
    const standing = known?.standing ?? new Map<string, Reacted>();
    const key = `${sender} ${reaction}`;
    standing.delete(key);
    if (on) standing.set(key, { user: sender, reaction, seq });
    const kinds = withReaction(known?.reactions.kinds ?? [], { reaction, on, mine: false });
    this.#messages.set(refersTo, { reactions: { seq, kinds }, standing });
  }

  erase(target: Seq): void {
    this.#messages.delete(target);
  }

  of(target: Seq): Reactions | undefined {
    return this.#messages.get(target)?.reactions;
  }

  /** The oldest first. */
  standing(target: Seq): Reacted[] {
    return [...(this.#messages.get(target)?.standing.values() ?? [])];
  }

  ownOf(target: Seq, user: UserId): Omit<Reacted, 'user'>[] {
    return this.standing(target).flatMap(({ user: by, ...one }) => (by === user ? one : []));
  }
}
