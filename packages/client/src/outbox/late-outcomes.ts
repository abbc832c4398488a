import type { ClientMessageId, CommandStatus, RoomId } from '@maru/protocol';
import { refusal } from '@maru/protocol';
import { ClientClosed, Disconnected } from '../errors.ts';
import { firstIdOf, type KnownCommand } from './known-command.ts';
import type { Outcome } from './outbox-queue.ts';

type StatusOf = (room: RoomId, clientMessageId: ClientMessageId) => Promise<CommandStatus>;

/** A command whose outcome somebody waits for. */
interface LateCommand {
  readonly known: KnownCommand;
  readonly answer: PromiseWithResolvers<Outcome>;
}

/** What became of commands that left the outbox while another tab had it: only the server still knows (`[ONCE7]`). */
export class LateOutcomes {
  readonly #statusOf: StatusOf;
  readonly #waiting = new Set<LateCommand>();

  constructor(statusOf: StatusOf) {
    this.#statusOf = statusOf;
  }

  of(known: KnownCommand): Promise<Outcome> {
    const waiting = { known, answer: Promise.withResolvers<Outcome>() };
    this.#waiting.add(waiting);
    void this.#ask(waiting);
    return waiting.answer.promise;
  }

  /** There is a session. */
  online(): void {
    for (const waiting of this.#waiting) void this.#ask(waiting);
  }

  /** Gives those who wait to others. */
  *takeAll(): Generator<LateCommand> {
    for (const waiting of this.#waiting) yield waiting;
    this.#waiting.clear();
  }

  close(): void {
    for (const { answer } of this.takeAll()) answer.reject(new ClientClosed('the client is closed'));
  }

  async #ask(waiting: LateCommand): Promise<void> {
    const { known, answer } = waiting;
    try {
      const status = await this.#status(known);
      if (status.status === 'accepted') answer.resolve({ kind: 'accepted', seq: status.seq });
      else if (status.status === 'refused')
        answer.resolve({ kind: 'failed', error: refusal(status.code, 'The room refused this.') });
      else answer.reject(new ClientClosed('the command was dropped in another tab'));
    } catch (error) {
      // The next session is asked.
      if (error instanceof Disconnected) return;
      answer.reject(error);
    }
    this.#waiting.delete(waiting);
  }

  /** By the id that it was given first, too: the other one may be of a tab that was taken over from before it was stored. */
  async #status(known: KnownCommand): Promise<CommandStatus> {
    const { room, clientMessageId } = known.command;
    const status = await this.#statusOf(room, clientMessageId);
    const first = firstIdOf(known);
    return status.status === 'unknown' && first !== clientMessageId ? this.#statusOf(room, first) : status;
  }
}
