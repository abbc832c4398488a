import type { ClientMessageId, CommandFrame, ErrorBody, Seq } from '@maru/protocol';
import { isRelation, makesDirect, needsPeer } from '../relation/is-relation.ts';
import type { OutboxItem } from '../store/store.ts';
import type { Pause } from '../wire/pause.ts';
import { firstIdOf, type KnownCommand } from './known-command.ts';

/** What became of a command. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly seq: Seq }
  | { readonly kind: 'failed'; readonly error: ErrorBody };

/** What a message waits for before it is sent, and until when, by the device's clock. */
export interface Waiting {
  readonly for: 'slow-mode';
  readonly until: number;
}

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
  /** Refused until then, and not sent since. */
  waiting: Waiting | undefined;
  /** How often it got another id after `id-too-old`. */
  renewals: number;
  readonly waiters: Waiter[];
}

export function newEntry(item: OutboxItem, durable: boolean): OutboxEntry {
  const state = item.failed === undefined ? 'waiting' : 'failed';
  return {
    ...{ item, durable, state, sentAt: 0, awaited: false, seq: undefined },
    ...{ waiting: undefined, renewals: 0, waiters: [] },
  };
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
    return this.entries.find(({ item }) => item.command.clientMessageId === clientMessageId);
  }

  findFailed(clientMessageId: ClientMessageId): OutboxEntry | undefined {
    return this.failed.find(({ item }) => item.command.clientMessageId === clientMessageId);
  }

  /** The entry of a command that a tab knows, which may have got other ids there and here (`[ONCE2]`, `[ONCE4]`). */
  findSame(known: KnownCommand): OutboxEntry | undefined {
    const { clientMessageId } = known.command;
    const isSame = ({ item }: OutboxEntry) => firstIdOf(item) === firstIdOf(known);
    return (
      this.find(clientMessageId) ??
      this.findFailed(clientMessageId) ??
      this.entries.find(isSame) ??
      this.failed.find(isSame)
    );
  }

  /** Puts an entry in its place. */
  insert(entry: OutboxEntry): void {
    const list = entry.state === 'failed' ? this.failed : this.entries;
    const next = list.findIndex(({ item }) => item.order > entry.item.order);
    list.splice(next < 0 ? list.length : next, 0, entry);
  }

  /** Puts a command in its old place: before all younger ones, for ids rise in the order of giving. */
  putBack(command: CommandFrame, createdAt: number, nextOrder: () => number): OutboxItem {
    const { entries } = this;
    const found = entries.findIndex(({ item }) => item.command.clientMessageId > command.clientMessageId);
    const place = found < 0 ? entries.length : found;
    const next = entries[place]?.item.order ?? nextOrder();
    const order = ((entries[place - 1]?.item.order ?? next - 2) + next) / 2;
    const item = { command, order, createdAt, failed: undefined };
    entries.splice(place, 0, newEntry(item, true));
    return item;
  }

  /** What was sent and not answered goes again, in its turn. */
  rewind(): void {
    for (const entry of this.entries) {
      if (entry.state === 'sent' || entry.state === 'asking') entry.state = 'waiting';
    }
  }

  /** Puts an entry among those that failed. Gives why, for people: nothing is there where the room could not be made. */
  giveUp(entry: OutboxEntry, given: ErrorBody): ErrorBody {
    const failed = given.code === 'not-found' ? (this.#refusedRoom ?? given) : given;
    entry.state = 'failed';
    entry.item = { ...entry.item, failed, refused: undefined };
    takeOut(this.entries, entry);
    this.failed.push(entry);
    return failed;
  }

  /** Whether something of what two people are to each other is not answered. */
  get relates(): boolean {
    return this.entries.some(({ item, state }) => state !== 'accepted' && isRelation(item.command));
  }

  /** What waits and is refused where nobody is at the other end; asking for the room anew is always heard. */
  get needingPeer(): readonly OutboxEntry[] {
    return this.entries.filter(
      ({ item: { command }, state }) => state === 'waiting' && needsPeer(command) && !makesDirect(command),
    );
  }

  /** Whether the room could not be made, as nobody is there, and is not asked for anew. */
  get isRefusedRoom(): boolean {
    const isMaking = ({ item }: OutboxEntry) => makesDirect(item.command);
    const refused = ({ item }: OutboxEntry) => item.failed?.code === 'recipient-unavailable';
    return this.failed.some((entry) => isMaking(entry) && refused(entry)) && !this.entries.some(isMaking);
  }

  /** Why the room could not be made, as long as nobody asks for it anew. */
  get #refusedRoom(): ErrorBody | undefined {
    const isMaking = ({ item }: OutboxEntry) => item.command.kind === 'create';
    return this.entries.some(isMaking) ? undefined : this.failed.findLast(isMaking)?.item.failed;
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
