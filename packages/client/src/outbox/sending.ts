import type { ClientMessageId, RoomId } from '@maru/protocol';
import type { Outbox } from './outbox.ts';
import type { OutboxEntry, Outcome } from './outbox-queue.ts';

/** A command that was given: it is stored, and will be sent until the server has said what becomes of it. */
export class Sending {
  readonly #outbox: Outbox;
  readonly #entry: OutboxEntry;

  constructor(outbox: Outbox, entry: OutboxEntry) {
    this.#outbox = outbox;
    this.#entry = entry;
  }

  get room(): RoomId {
    return this.#entry.item.command.room;
  }

  /** Its id in the room. Changes only if the server refused it as too old (`[ONCE4]`). */
  get clientMessageId(): ClientMessageId {
    return this.#entry.item.command.clientMessageId;
  }

  /** Resolves when the server has said what became of it; rejects if the client is closed before. */
  outcome(): Promise<Outcome> {
    return this.#outbox.outcome(this.#entry);
  }
}
