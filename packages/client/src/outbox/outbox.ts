import type { ClientMessageId, CommandFrame, CommandStatus, ErrorBody, RoomId, Seq } from '@maru/protocol';
import { limits, RECIPIENT_UNAVAILABLE, refusal } from '@maru/protocol';
import { ClientClosed, InvalidCommand, RequestRefused } from '../errors.ts';
import { makesEvent, needsPeer } from '../relation/is-relation.ts';
import type { OutboxItem } from '../store/store.ts';
import { Pause } from '../wire/pause.ts';
import { type KnownCommand, underId } from './known-command.ts';
import { LastIds } from './last-ids.ts';
import { LateOutcomes } from './late-outcomes.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import {
  newEntry,
  type OutboxEntry,
  OutboxQueue,
  type Outcome,
  takeOut,
  type Waiting,
} from './outbox-queue.ts';
import { SendPace } from './send-pace.ts';

/** Unanswered for so long on a connection that lives: ask what became of it. */
const OVERDUE_MS = 15_000;
/** A message that was too old under so many ids is given up. */
const RENEWALS_MAX = 3;
/** What is told here of a person of whom the server has said it before (`[REL15]`). */
const NOBODY_THERE = refusal('recipient-unavailable', RECIPIENT_UNAVAILABLE);

/**
 * Commands on their way, durable and first in, first out in each room. Each is stored with its id before it is sent
 * (`[ONCE2]`); up to the server's limit are unanswered at a time; after a reconnect all unanswered ones go again in
 * order (`[ONCE6]`); a retryable refusal makes its room wait; a final one is believed when `status` confirms it.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #queues = new Map<RoomId, OutboxQueue>();
  readonly #lastIds: LastIds;
  #order = 0;
  /** How many may be unanswered in a room; 0 while there is no session. */
  #inFlightMax = 0;
  readonly #pace: SendPace;
  readonly #late: LateOutcomes;
  /** The outbox that took this one's place. */
  #heir: Outbox | undefined;

  constructor(deps: OutboxDeps, items: readonly OutboxItem[], lastIds: ReadonlyMap<RoomId, ClientMessageId>) {
    this.#deps = deps;
    this.#lastIds = new LastIds(deps.environment, deps.journal, lastIds);
    this.#pace = new SendPace(deps.environment, () => this.#pumpAll());
    this.#late = new LateOutcomes((room, id) => this.statusOf(room, id));
    for (const item of items) {
      this.#lastIds.renamed(item);
      const queue = this.#queue(item.command.room);
      (item.failed === undefined ? queue.entries : queue.failed).push(newEntry(item, true));
      this.#order = Math.max(this.#order, item.order);
    }
  }

  /** Gives a command to be sent. Resolves when it is durable: from then on nothing but the server's word ends it. */
  async give(room: RoomId, build: (clientMessageId: ClientMessageId) => CommandFrame): Promise<OutboxEntry> {
    const { clock } = this.#deps.environment;
    const command = build(this.#lastIds.mint(room));
    const item = { command, order: ++this.#order, createdAt: clock.now(), failed: undefined };
    const entry = newEntry(item, false);
    this.#queue(room).entries.push(entry);
    this.#deps.journal.add({ kind: 'outbox', item });
    this.#deps.changed(room);
    await this.#makeDurable(room, entry);
    return entry;
  }

  /** The newest id that this device has used in a room. */
  newestId(room: RoomId): ClientMessageId | undefined {
    return this.#lastIds.newest(room);
  }

  /** Takes a command over that another tab was given, with its id, or, where that would not rise, another (`[ONCE2]`). */
  take(item: OutboxItem): void {
    const { room, clientMessageId } = item.command;
    const taken = { ...underId(item, this.#lastIds.rising(room, clientMessageId)), order: ++this.#order };
    this.#lastIds.renamed(taken);
    const entry = newEntry(taken, false);
    this.#queue(room).entries.push(entry);
    this.#deps.journal.add({ kind: 'outbox', item: taken });
    this.#deps.changed(room);
    // A store that fails is told of elsewhere, and ends the client.
    this.#makeDurable(room, entry).catch(() => undefined);
  }

  /** A command as the tab that has the connection keeps it. */
  mirror(item: OutboxItem): void {
    const { room, clientMessageId } = item.command;
    const queue = this.#queue(room);
    const entry = queue.findSame(item);
    this.#order = Math.max(this.#order, item.order);
    this.#lastIds.note(room, clientMessageId);
    this.#lastIds.renamed(item);
    if (entry === undefined) queue.insert(newEntry(item, true));
    else {
      const { failed } = item;
      entry.item = item;
      if (failed !== undefined && entry.state !== 'failed') this.#fail(queue, entry, failed);
    }
    this.#deps.changed(room);
  }

  /** The tab that has the connection has nothing left to do for a command. */
  mirrorDone(room: RoomId, clientMessageId: ClientMessageId): void {
    const queue = this.#queues.get(room);
    const entry = queue?.find(clientMessageId) ?? queue?.findFailed(clientMessageId);
    if (queue === undefined || entry === undefined) return;
    const waiters = entry.waiters.splice(0);
    this.#done(queue, entry);
    for (const { resolve, reject } of waiters) this.outcome(entry).then(resolve, reject);
  }

  /** Another outbox takes the place of this one: who waits here for what becomes of a command waits there. */
  passOn(heir: Outbox): void {
    this.#heir = heir;
    heir.#lastIds.inherit(this.#lastIds);
    for (const { entries } of this.#queues.values()) {
      for (const { item, waiters } of entries) {
        for (const { resolve, reject } of waiters.splice(0)) heir.outcomeOf(item).then(resolve, reject);
      }
    }
    for (const { known, answer } of this.#late.takeAll())
      heir.outcomeOf(known).then(answer.resolve, answer.reject);
  }

  /** A session is open and in sync: everything unanswered goes, in order; nothing (`0`) where it is another tab's. */
  online(inFlightMax: number): void {
    this.#inFlightMax = Math.min(inFlightMax, limits.SENDS_IN_FLIGHT_MAX);
    this.#pumpAll();
    this.#late.online();
  }

  offline(): void {
    this.#inFlightMax = 0;
    this.#pace.end();
    for (const queue of this.#queues.values()) {
      queue.pause.end();
      queue.rewind();
      for (const entry of queue.entries) {
        entry.awaited = false;
        this.#waits(entry, undefined);
      }
    }
  }

  /** The server accepted a command under a number. */
  accepted(room: RoomId, clientMessageId: ClientMessageId, seq: Seq, at: number | undefined): void {
    const queue = this.#queues.get(room);
    const entry = queue?.find(clientMessageId);
    if (queue === undefined || entry === undefined || entry.state === 'accepted') return;
    this.#taken(room, queue, entry);
    entry.state = 'accepted';
    entry.seq = seq;
    this.#pace.accepted(queue);
    for (const { resolve } of entry.waiters.splice(0)) resolve({ kind: 'accepted', seq });
    this.#settle(queue, entry);
    this.#deps.accepted(entry.item.command, seq, at);
    this.#deps.changed(room);
    this.#pump(room);
  }

  /** An event that this device's command made is stored: nothing is left to do for it. */
  arrived(room: RoomId, clientMessageId: ClientMessageId, seq: Seq): void {
    this.#lastIds.note(room, clientMessageId);
    const queue = this.#queues.get(room);
    const entry = queue?.find(clientMessageId) ?? queue?.findFailed(clientMessageId);
    if (queue === undefined || entry === undefined) return;
    entry.seq = seq;
    for (const { resolve } of entry.waiters.splice(0)) resolve({ kind: 'accepted', seq });
    this.#taken(room, queue, entry);
    this.#done(queue, entry);
    this.#pump(room);
  }

  /** Lets go of accepted commands whose events will never come to this device: it left, or the room began anew. */
  release(room: RoomId, isPast: (seq: Seq) => boolean): void {
    for (const { state, seq, item } of [...this.pending(room)]) {
      if (state === 'accepted' && seq !== undefined && isPast(seq))
        this.arrived(room, item.command.clientMessageId, seq);
    }
  }

  refused(room: RoomId, clientMessageId: ClientMessageId, error: ErrorBody): void {
    const queue = this.#queues.get(room);
    const entry = queue?.find(clientMessageId);
    if (error.retryable && (entry === undefined || entry.state === 'accepted')) {
      // It was sent twice, and taken the first time: it will not be sent again.
      void this.#lift(room, this.#queue(room), clientMessageId);
      return;
    }
    // It goes again by itself, unless what was sent before is still taken.
    if (error.retryable && entry?.state === 'waiting') entry.awaited = true;
    if (queue === undefined || entry === undefined) return;
    const isTooOld = error.code === 'id-too-old' && entry.renewals < RENEWALS_MAX;
    if (entry.state !== 'sent') {
      // It is asked about already, or was to go again: the answer came late, and counts all the same.
      const isOpen = entry.state === 'asking' || entry.state === 'waiting';
      if (isOpen && !error.retryable && !isTooOld) this.#keepRefusal(entry, error);
      return;
    }
    if (error.retryable) {
      entry.awaited = true;
      this.#wait(queue, entry, error);
    } else if (isTooOld) this.#renew(room, entry);
    else {
      this.#keepRefusal(entry, error);
      void this.#verify(room, queue, entry);
    }
  }

  /** What made the room wait may hold no more. */
  retry(room: RoomId): void {
    this.#queues.get(room)?.pause.end();
    this.#pump(room);
  }

  /** Looks for commands whose answer is late. Called now and then, while the connection lives. */
  checkOverdue(): void {
    const now = this.#deps.environment.clock.monotonic();
    for (const [room, queue] of this.#queues) {
      const first = queue.entries.find((entry) => entry.state === 'sent');
      if (first !== undefined && now - first.sentAt > OVERDUE_MS) void this.#verify(room, queue, first);
    }
  }

  /** What was given for a room and is not an event yet, in order. */
  pending(room: RoomId): readonly OutboxEntry[] {
    return this.#queues.get(room)?.entries ?? [];
  }

  failed(room: RoomId): readonly OutboxEntry[] {
    return this.#queues.get(room)?.failed ?? [];
  }

  /** Rooms that have commands, known or not. */
  rooms(): IterableIterator<RoomId> {
    return this.#queues.keys();
  }

  outcome(entry: OutboxEntry): Promise<Outcome> {
    if (entry.seq !== undefined) return Promise.resolve({ kind: 'accepted', seq: entry.seq });
    const error = entry.item.failed;
    if (error !== undefined) return Promise.resolve({ kind: 'failed', error });
    if (this.#heir !== undefined) return this.#heir.outcomeOf(entry.item);
    if (entry.state === 'done') return this.#late.of(entry.item);
    return new Promise((resolve, reject) => entry.waiters.push({ resolve, reject }));
  }

  outcomeOf(known: KnownCommand): Promise<Outcome> {
    const entry = this.#queues.get(known.command.room)?.findSame(known);
    return entry === undefined ? this.#late.of(known) : this.outcome(entry);
  }

  /** What the server says of a command, by the id that it had first or has now. */
  statusOf(room: RoomId, clientMessageId: ClientMessageId): Promise<CommandStatus> {
    return this.#deps.session.statusOf(room, this.#lastIds.current(clientMessageId));
  }

  /** Drops a command that failed. */
  async discard(room: RoomId, clientMessageId: ClientMessageId): Promise<void> {
    const { queue, entry } = this.#failedEntry(room, clientMessageId);
    this.#done(queue, entry);
    await this.#deps.journal.flush();
  }

  /** Gives a command that failed again, as a new one: as `renew` makes it anew. */
  async resend(
    room: RoomId,
    clientMessageId: ClientMessageId,
    renew: (failed: CommandFrame) => (clientMessageId: ClientMessageId) => CommandFrame,
  ): Promise<OutboxEntry> {
    const { queue, entry } = this.#failedEntry(room, clientMessageId);
    this.#done(queue, entry);
    return this.give(room, renew(entry.item.command));
  }

  /** Drops all that failed in a room. */
  dropFailed(room: RoomId): void {
    const queue = this.#queues.get(room);
    for (const entry of [...(queue?.failed ?? [])]) if (queue !== undefined) this.#done(queue, entry);
  }

  /** Puts commands that were accepted once, and that the server has lost, back under their old ids. */
  putBack(commands: readonly CommandFrame[]): void {
    const { environment, journal, changed } = this.#deps;
    for (const command of commands) {
      const queue = this.#queue(command.room);
      if (queue.find(command.clientMessageId) !== undefined) continue;
      const item = queue.putBack(command, environment.clock.now(), () => ++this.#order);
      journal.add({ kind: 'outbox', item });
      changed(command.room);
      this.#pump(command.room);
    }
  }

  /** Drops everything that was given and is not an event yet. */
  erase(): void {
    this.close();
    for (const [room, { entries, failed }] of this.#queues) {
      for (const { item } of [...entries, ...failed]) {
        const { clientMessageId } = item.command;
        this.#deps.journal.add({ kind: 'outbox-done', room, clientMessageId });
      }
    }
    this.#queues.clear();
  }

  /** Nobody will hear of what is under way. */
  close(): void {
    this.offline();
    this.#late.close();
    for (const { entries } of this.#queues.values()) {
      for (const { waiters } of entries) {
        for (const { reject } of waiters.splice(0)) reject(new ClientClosed('the client is closed'));
      }
    }
  }

  /** What two people are to each other goes first: a block waits for no message (`[REL14]`). */
  #pumpAll(): void {
    const queues = [...this.#queues];
    for (const [room, { relates }] of queues) if (relates) this.#pump(room);
    for (const [room] of queues) this.#pump(room);
  }

  /** What waits where nobody is there is not tried (`[REL15]`). Without a session it waits: somebody may come back. */
  #holdBack(room: RoomId, queue: OutboxQueue): void {
    if (this.#inFlightMax === 0 || !this.#deps.reachable.isUnavailable(room, queue.isRefusedRoom)) return;
    for (const entry of queue.needingPeer) this.#fail(queue, entry, NOBODY_THERE);
  }

  #pump(room: RoomId): void {
    const queue = this.#queues.get(room);
    if (queue === undefined || !this.#pace.mayGo(queue)) return;
    this.#holdBack(room, queue);
    const unansweredMax = this.#pace.unansweredMax(this.#inFlightMax);
    let unanswered = 0;
    for (const entry of queue.entries) {
      if (unanswered + 1 > unansweredMax) return;
      if (entry.state === 'accepted') continue;
      // It may have to go again: what is not sent yet must not overtake it (`[ORD4]`).
      if (entry.state === 'asking') return;
      if (entry.state === 'waiting') {
        if (!entry.durable) return;
        if (entry.item.refused !== undefined) {
          void this.#verify(room, queue, entry);
          return;
        }
        entry.state = 'sent';
        entry.awaited = false;
        this.#waits(entry, undefined);
        entry.sentAt = this.#deps.environment.clock.monotonic();
        this.#deps.session.send(entry.item.command);
      }
      unanswered++;
    }
  }

  /** Everything unanswered in the room goes again, in order, after a while. */
  #wait(queue: OutboxQueue, refused: OutboxEntry, error: ErrorBody): void {
    queue.rewind();
    const waiting = this.#pace.refused(queue, error);
    if (waiting !== undefined) this.#waits(refused, waiting);
  }

  #waits(entry: OutboxEntry, waiting: Waiting | undefined): void {
    if (entry.waiting === waiting) return;
    entry.waiting = waiting;
    this.#deps.changed(entry.item.command.room);
  }

  /** The id can't be used any more (`[ONCE4]`): the same message goes under another, in its old place. */
  #renew(room: RoomId, entry: OutboxEntry): void {
    const { journal } = this.#deps;
    journal.add({ kind: 'outbox-done', room, clientMessageId: entry.item.command.clientMessageId });
    entry.item = underId(entry.item, this.#lastIds.mint(room));
    this.#lastIds.renamed(entry.item);
    journal.add({ kind: 'outbox', item: entry.item });
    entry.renewals++;
    entry.state = 'waiting';
    entry.durable = false;
    this.#deps.changed(room);
    // A store that fails is told of elsewhere, and ends the client.
    this.#makeDurable(room, entry).catch(() => undefined);
  }

  /**
   * Refused for good, unless it was taken before. That is kept until it is known: what was sent behind it may be taken
   * by now, and if it went again and were taken this time, they would have overtaken it (`[ORD4]`).
   */
  #keepRefusal(entry: OutboxEntry, refused: ErrorBody): void {
    entry.item = { ...entry.item, refused };
    this.#deps.journal.add({ kind: 'outbox', item: entry.item });
  }

  /** `[ONCE7]`: asks what became of a command before it is called failed, if it was refused, or else sent again. */
  async #verify(room: RoomId, queue: OutboxQueue, entry: OutboxEntry): Promise<void> {
    entry.state = 'asking';
    const { clientMessageId } = entry.item.command;
    let answer: CommandStatus;
    try {
      answer = await this.#deps.session.statusOf(room, clientMessageId);
    } catch (cause) {
      // Without a connection it is unanswered, and goes again with the next one.
      if (entry.state !== 'asking' || !(cause instanceof RequestRefused)) return;
      answer = { status: 'unknown' };
    }
    if (entry.state !== 'asking') return;
    const { refused } = entry.item;
    if (answer.status === 'accepted') {
      this.accepted(room, clientMessageId, answer.seq, undefined);
    } else if (refused !== undefined) {
      this.#fail(queue, entry, refused);
    } else if (answer.status === 'refused') {
      this.#fail(queue, entry, refusal(answer.code, 'The room refused this.'));
    } else {
      queue.rewind();
    }
    this.#pump(room);
  }

  #taken(room: RoomId, queue: OutboxQueue, entry: OutboxEntry): void {
    if (entry.awaited) void this.#lift(room, queue, entry.item.command.clientMessageId);
    entry.awaited = false;
  }

  /**
   * The server refused a command and keeps back what comes behind it until it comes again (`[ORD4]`); but it was sent
   * twice and taken the first time, and will not come. Asking what became of it ends the waiting.
   */
  async #lift(room: RoomId, queue: OutboxQueue, clientMessageId: ClientMessageId): Promise<void> {
    queue.lifts++;
    // Without a connection there is nothing to end; who is no member any more has nothing to send.
    await this.#deps.session.statusOf(room, clientMessageId).catch(() => undefined);
    queue.lifts--;
    this.#forgetIdle(room, queue);
    this.#pump(room);
  }

  #fail(queue: OutboxQueue, entry: OutboxEntry, given: ErrorBody): void {
    const error = queue.giveUp(entry, given);
    this.#deps.journal.add({ kind: 'outbox', item: entry.item });
    for (const { resolve } of entry.waiters.splice(0)) resolve({ kind: 'failed', error });
    const { command } = entry.item;
    if (error.code === 'recipient-unavailable' && error !== NOBODY_THERE && needsPeer(command))
      this.#deps.reachable.unavailable(command.room);
    this.#deps.changed(command.room);
  }

  /** One that makes a room's change may have changed nothing: no event of its own may come, and it is not to go again. */
  #settle(queue: OutboxQueue, entry: OutboxEntry): void {
    const { command } = entry.item;
    const { kind, room, clientMessageId } = command;
    if (makesEvent(command)) return;
    // What a view shows before it is there stays in memory until the room is that far (see `release`).
    if (kind === 'react' || kind === 'pin')
      this.#deps.journal.add({ kind: 'outbox-done', room, clientMessageId });
    else this.#done(queue, entry);
  }

  #done(queue: OutboxQueue, entry: OutboxEntry): void {
    const { room, clientMessageId } = entry.item.command;
    entry.state = 'done';
    takeOut(queue.entries, entry);
    takeOut(queue.failed, entry);
    this.#deps.journal.add({ kind: 'outbox-done', room, clientMessageId });
    this.#deps.changed(room);
    this.#forgetIdle(room, queue);
  }

  #forgetIdle(room: RoomId, queue: OutboxQueue): void {
    if (queue.empty && !queue.pause.active && queue.lifts === 0) this.#queues.delete(room);
  }

  async #makeDurable(room: RoomId, entry: OutboxEntry): Promise<void> {
    await this.#deps.journal.flush();
    entry.durable = true;
    this.#pump(room);
  }

  #queue(room: RoomId): OutboxQueue {
    let queue = this.#queues.get(room);
    if (queue === undefined) {
      queue = new OutboxQueue(new Pause(this.#deps.environment, () => this.#pump(room)));
      this.#queues.set(room, queue);
    }
    return queue;
  }

  #failedEntry(room: RoomId, clientMessageId: ClientMessageId): { queue: OutboxQueue; entry: OutboxEntry } {
    const queue = this.#queues.get(room);
    const entry = queue?.findFailed(clientMessageId);
    if (queue !== undefined && entry !== undefined) return { queue, entry };
    throw new InvalidCommand(refusal('not-found', 'There is no such failed command.'));
  }
}
