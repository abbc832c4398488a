import type { ClientMessageId, ErrorBody, Seq } from '@maru/protocol';
import type { OutboxItem } from '../store/store.ts';
import type { Pause } from '../wire/pause.ts';

/** What became of a command. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly seq: Seq }
  | { readonly kind: 'failed'; readonly error: ErrorBody };

interface Waiter {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/** A command in memory, on its way. */
export interface OutboxEntry {
  item: OutboxItem;
  /** Whether the store has it: before that it is not sent (`[ONCE2]`). */
  durable: boolean;
  /**
   * `waiting`: to be sent, in its turn. `sent`: on this connection, unanswered. `asking`: what became of it is being
   * asked. `accepted`: under `seq`, until its event is here. `failed`: refused for good. `done`: nothing is left to do.
   */
  state: 'waiting' | 'sent' | 'asking' | 'accepted' | 'failed' | 'done';
  sentAt: number;
  /** Refused on this connection and not sent since: the server keeps back what comes behind it (`[ORD4]`). */
  awaited: boolean;
  seq: Seq | undefined;
  /** How often it got another id after `id-too-old`. */
  renewals: number;
  readonly waiters: Waiter[];
}

export function newEntry(item: OutboxItem, durable: boolean): OutboxEntry {
  const state = item.failed === undefined ? 'waiting' : 'failed';
  return { item, durable, state, sentAt: 0, awaited: false, seq: undefined, renewals: 0, waiters: [] };
}

/** One room's commands. */
export class OutboxQueue {
  /** In the order in which they were given; those that failed apart. */
  readonly entries: OutboxEntry[] = [];
  readonly failed: OutboxEntry[] = [];
  readonly pause: Pause;
  /** Questions under way that end the server's waiting for a command that will not come. */
  lifts = 0;

  constructor(pause: Pause) {
    this.pause = pause;
  }

  find(clientMessageId: ClientMessageId): OutboxEntry | undefined {
    return this.entries.find((entry) => entry.item.command.clientMessageId === clientMessageId);
  }

  findFailed(clientMessageId: ClientMessageId): OutboxEntry | undefined {
    return this.failed.find((entry) => entry.item.command.clientMessageId === clientMessageId);
  }

  /** What was sent and not answered goes again, in its turn. */
  rewind(): void {
    for (const entry of this.entries) {
      if (entry.state === 'sent' || entry.state === 'asking') entry.state = 'waiting';
    }
  }

  get empty(): boolean {
    return this.entries.length === 0 && this.failed.length === 0;
  }
}

/** Takes an entry out of a list. */
export function takeOut(list: OutboxEntry[], entry: OutboxEntry): void {
  const index = list.indexOf(entry);
  if (index >= 0) list.splice(index, 1);
}
