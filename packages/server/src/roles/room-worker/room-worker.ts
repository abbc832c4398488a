import { type ErrorBody, type RoomId, refusal, type Seq, type UserId } from '@maru/protocol';
import type { Decision } from '../../core/room/command.ts';
import { decideFailed, decideTotal } from '../../core/room/decide.ts';
import type { ReaderChange, RecordedRefusal, RoomEvent } from '../../core/room/event.ts';
import { evolve } from '../../core/room/evolve.ts';
import { memberChanges } from '../../core/room/member-changes.ts';
import { recordedError } from '../../core/room/refuse.ts';
import { isHiddenFrom } from '../../core/room/relation.ts';
import type { RoomState, SendOutcome } from '../../core/room/state.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Delivery } from '../../ports/delivery.ts';
import type { Inboxes } from '../../ports/inboxes.ts';
import type { Reports } from '../../ports/reports.ts';
import type { RoomStore } from '../../ports/room-store.ts';
import type { Answer, Rooms, SubmittedCommand } from '../../ports/rooms.ts';
import type { Committer } from '../commit/committer.ts';
import type { InboxFeed } from '../commit/inbox-feed.ts';
import type { DeadLetter } from './dead-letter.ts';
import { type Heard, type LiveRoom, Submission, type UnplacedEntry } from './live-room.ts';
import { type Lacking, lookUp } from './look-up.ts';
import { type OpenRoom, openRoom } from './open-room.ts';
import { previewLink, readLinks } from './read-links.ts';
import { readMembers } from './read-members.ts';
import { RoomDelivery } from './room-delivery.ts';
import { RoomStates } from './room-states.ts';
import { visiblePage } from './visible-page.ts';

/** Rooms whose state is kept in memory. */
const ROOM_STATES_MAX = 100_000;
/** Commands that may wait for a room's state or a look-up; beyond, they are refused as `busy`. */
const WAITING_MAX = 65_536;

export interface RoomWorkerDeps {
  readonly committer: Committer;
  readonly store: RoomStore;
  readonly delivery: Delivery;
  readonly feed: InboxFeed;
  /** What people let others do. */
  readonly policy: Pick<Inboxes, 'mayWrite'>;
  /** Where what people tell of those whom they block is kept. */
  readonly reports: Pick<Reports, 'addReport'>;
  readonly clock: Clock;
  /** A fault that was answered as `storage-unavailable`: to be logged. */
  readonly onFault: (error: unknown) => void;
  readonly onDeadLetter: (letter: DeadLetter) => void;
  /** A room's commands are refused because its rules are newer than this program; called once for each. */
  readonly onUnknownRules: (room: RoomId, rulesVersion: number) => void;
  /** A message was committed that vanishes then, milliseconds since the epoch. */
  readonly onExpiring?: (expiresAt: number) => void;
  readonly roomStatesMax?: number;
}

/** Owns rooms: brings commands into order, decides, and delivers what was committed. */
export function createRoomWorker(deps: RoomWorkerDeps): Rooms & AsyncDisposable {
  return new RoomWorker(deps);
}

class RoomWorker implements Rooms, AsyncDisposable {
  readonly #deps: RoomWorkerDeps;
  readonly #states: RoomStates;
  readonly #deliver: (entry: Heard, after: RoomState, live: LiveRoom) => void;
  readonly #drains = new Set<Promise<void>>();
  #waiting = 0;
  #closed = false;

  constructor(deps: RoomWorkerDeps) {
    this.#deps = deps;
    this.#states = new RoomStates(deps.store, deps.roomStatesMax ?? ROOM_STATES_MAX);
    const delivery = new RoomDelivery(deps.delivery, deps.feed);
    this.#deliver = (entry, after, live) => {
      if (entry.type === 'reader') {
        delivery.readerCommitted(live, entry, after);
        return;
      }
      delivery.committed(live, entry, after);
      if (entry.event.expiresAt !== undefined) deps.onExpiring?.(entry.event.expiresAt);
    };
    deps.committer.onCommit(() => delivery.flush());
  }

  submit(command: SubmittedCommand): Promise<Answer> {
    const error = this.#overload();
    if (error !== undefined) return Promise.resolve({ kind: 'refused', error });
    return this.#enter(this.#states.get(command.room), command);
  }

  async status(...[room, user, device, id]: Parameters<Rooms['status']>): ReturnType<Rooms['status']> {
    if ((await this.#open(room, user)) === undefined) return undefined;
    await this.#caughtUp(room);
    const outcome = await this.#deps.store.outcome(room, device, id);
    if (outcome === undefined) return { status: 'unknown' };
    if (outcome.kind === 'event') return { status: 'accepted', room, seq: outcome.seq };
    return { status: 'refused', code: outcome.code };
  }

  async page(...[room, user, query]: Parameters<Rooms['page']>): ReturnType<Rooms['page']> {
    const opened = await this.#open(room, user);
    if (opened === undefined) return undefined;
    const { open, state } = opened;
    const now = this.#deps.clock.now();
    const ranges = visiblePage(open.spans, state.seq, query);
    const parts = await Promise.all(ranges.map(([from, to]) => open.events(from, to, now)));
    return { events: parts.flat(), visible: open.spans, head: state.seq };
  }

  async body(...[room, user, seq]: Parameters<Rooms['body']>): ReturnType<Rooms['body']> {
    return (await this.#openAt(room, user, seq))?.body(seq, this.#deps.clock.now());
  }

  async versions(...[room, user, seq]: Parameters<Rooms['versions']>): ReturnType<Rooms['versions']> {
    return (await this.#openAt(room, user, seq))?.versions(seq, this.#deps.clock.now());
  }

  async reactions(...[room, user, seq]: Parameters<Rooms['reactions']>): ReturnType<Rooms['reactions']> {
    return (await this.#openAt(room, user, seq))?.reactions(seq, this.#deps.clock.now());
  }

  async members(...[room, user, after]: Parameters<Rooms['members']>): ReturnType<Rooms['members']> {
    const state = (await this.#open(room, user))?.state;
    return state && readMembers(this.#deps.store, state, user, after);
  }

  channels(query: Parameters<Rooms['channels']>[0]): ReturnType<Rooms['channels']> {
    return this.#deps.store.channels(query);
  }

  async links(room: RoomId, user: UserId): ReturnType<Rooms['links']> {
    const state = (await this.#open(room, user))?.state;
    return state && readLinks(this.#deps.store, state, user);
  }

  async previewLink(
    ...[room, user, secret]: Parameters<Rooms['previewLink']>
  ): ReturnType<Rooms['previewLink']> {
    const { store, clock } = this.#deps;
    const state = await this.#committed(room);
    return state === undefined ? undefined : previewLink(store, state, user, secret, clock.now());
  }

  async access(room: RoomId, user: UserId): ReturnType<Rooms['access']> {
    return (await this.#open(room, user))?.open.intervals;
  }

  /** Takes no more commands and decides those it has; the committer, closed after, commits them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    while (this.#drains.size > 0) await Promise.all(this.#drains);
  }

  #overload(): ErrorBody | undefined {
    if (this.#closed) return refusal('draining', 'The server is stopping.');
    if (this.#waiting >= WAITING_MAX) {
      return refusal('busy', 'Too many commands are waiting.', { retryAfterMs: 1_000 });
    }
    return this.#deps.committer.refusal();
  }

  /** The room for one who may read it, and its state of before that was asked. */
  async #open(room: RoomId, user: UserId): Promise<{ open: OpenRoom; state: RoomState } | undefined> {
    const state = await this.#committed(room);
    if (state === undefined || isHiddenFrom(state, user)) return undefined;
    const open = await openRoom(this.#deps.store, room, user);
    return open && { open, state };
  }

  async #committed(room: RoomId): Promise<RoomState | undefined> {
    const live = this.#states.get(room);
    await this.#states.load(live);
    this.#states.drop(live);
    return live.committed;
  }

  /** A room that the user may read, if it had an event of this number before that was asked for. */
  async #openAt(room: RoomId, user: UserId, seq: Seq): Promise<OpenRoom | undefined> {
    const opened = await this.#open(room, user);
    return opened === undefined || seq > opened.state.seq ? undefined : opened.open;
  }

  /** Resolves when all commands that the room has by now are answered. */
  async #caughtUp(room: RoomId): Promise<void> {
    const live = this.#states.get(room);
    if (!live.idle) await this.#enter(live, undefined);
  }

  #enter(live: LiveRoom, command: SubmittedCommand | undefined): Promise<Answer> {
    return new Promise((resolve) => {
      const submission = new Submission(live, command, this.#deliver, resolve);
      const free = live.loaded && !live.draining;
      if (free && this.#decide(submission) === undefined) return;
      live.waiting.push(submission);
      this.#waiting++;
      if (!live.draining) this.#startDrain(live);
    });
  }

  #startDrain(live: LiveRoom): void {
    live.draining = true;
    const drain = this.#drain(live).finally(() => this.#drains.delete(drain));
    this.#drains.add(drain);
  }

  /** Decides, in order, what waits for the room's state or for a look-up. */
  async #drain(live: LiveRoom): Promise<void> {
    try {
      await this.#states.load(live);
      for (let next = live.waiting[0]; next !== undefined; next = live.waiting[0]) {
        const lacking = next.isRefused ? undefined : this.#decide(next);
        if (lacking === undefined) {
          live.waiting.shift();
          this.#waiting--;
        } else if (next.command !== undefined) {
          next.command = await lookUp(this.#deps, live.pending, next.command, lacking);
        }
      }
    } catch (error) {
      this.#deps.onFault(error);
      const body = refusal('storage-unavailable', 'The room can not be read at the moment.', {
        retryAfterMs: 1_000,
      });
      this.#waiting -= live.waiting.length;
      for (const waiting of live.waiting.splice(0)) waiting.refuse(body);
    } finally {
      live.draining = false;
      this.#states.drop(live);
    }
  }

  /** Decides on a command and passes it on. Gives what the decision lacks, if it lacks something. Never throws. */
  #decide(submission: Submission): Lacking | undefined {
    const { live, command } = submission;
    if (command === undefined) {
      this.#answer(submission, PASSED);
      return undefined;
    }
    if (live.heldBack.holds(command)) {
      this.#refuse(submission, command, { error: HELD_BACK, recorded: false });
      return undefined;
    }
    const decision = decideTotal(live.tentative, command);
    if (decision.kind === 'lookup') {
      if (decision.of !== 'policy') return decision;
      // Mostly it is known, and nobody behind it has to wait.
      const mayWrite = this.#deps.policy.mayWrite(command.sender, decision.to);
      if (typeof mayWrite !== 'boolean') return decision;
      submission.command = { ...command, mayWrite };
      return this.#decide(submission);
    }
    try {
      this.#carryOut(submission, command, decision);
    } catch (fault) {
      this.#bury(submission, command, decideFailed(live.tentative, command, fault));
    }
    return undefined;
  }

  /** Where this throws, nothing of it has taken effect. */
  #carryOut(
    submission: Submission,
    command: SubmittedCommand,
    decision: Exclude<Decision, { kind: 'lookup' }>,
  ): void {
    switch (decision.kind) {
      case 'event':
        this.#storeEvent(submission, command, decision.event);
        return;
      case 'reader':
        this.#storeReader(submission, command, decision.reader);
        return;
      case 'unchanged':
        this.#answer(submission, { kind: 'accepted', seq: decision.seq, at: decision.at });
        return;
      case 'repeat':
        this.#answer(submission, repeated(decision.outcome));
        return;
      case 'refused':
        if (decision.fault !== undefined) this.#bury(submission, command, decision);
        else this.#refuse(submission, command, decision);
        return;
      default:
        unreachable(decision);
    }
  }

  #refuse(
    submission: Submission,
    command: SubmittedCommand,
    { error, recorded }: Pick<Refused, 'error' | 'recorded'>,
  ): void {
    const { live } = submission;
    if (error.code === 'rules-unknown' && !live.rulesReported) {
      live.rulesReported = true;
      this.#deps.onUnknownRules(live.room, live.tentative?.rulesVersion ?? 0);
    }
    if (error.retryable && !recorded) {
      live.heldBack.hold(command);
      // Whoever waits for the answer has it first.
      submission.onAnswered = () => queueMicrotask(() => live.heldBack.release(command));
    }
    if (recorded) this.#storeRefusal(submission, command, error);
    else this.#answer(submission, { kind: 'refused', error });
  }

  /** The command becomes a dead letter (`[ORD7]`): refused on record, or if even that fails, just refused. */
  #bury(submission: Submission, command: SubmittedCommand, decision: Refused): void {
    const { onDeadLetter, onFault } = this.#deps;
    const { room, device, clientMessageId, kind } = command;
    onDeadLetter({ room, device, clientMessageId, kind, fault: decision.fault });
    try {
      this.#refuse(submission, command, decision);
    } catch (fault) {
      onFault(fault);
      this.#answer(submission, { kind: 'refused', error: decision.error });
    }
  }

  #storeEvent(submission: Submission, command: SubmittedCommand, event: RoomEvent): void {
    const { live } = submission;
    const { room, body } = command;
    const members = event.change === undefined ? [] : memberChanges(event, live.tentative);
    const after = evolve(live.tentative, { type: 'event', room, event }, command.window);
    const entry: UnplacedEntry = { type: 'event', room, event };
    submission.entry =
      body === undefined && members.length === 0
        ? entry
        : { ...entry, ...(body !== undefined && { body }), ...(members.length > 0 && { members }) };
    submission.after = after;
    this.#commit(submission, { kind: 'accepted', seq: event.seq, at: event.at });
  }

  #storeReader(submission: Submission, command: SubmittedCommand, reader: ReaderChange): void {
    const { live } = submission;
    const fact = { type: 'reader' as const, room: command.room, reader };
    submission.after = evolve(live.tentative, fact, command.window);
    submission.entry = fact;
    this.#commit(submission, { kind: 'accepted', seq: reader.seq, at: reader.at });
  }

  #storeRefusal(submission: Submission, command: SubmittedCommand, error: ErrorBody): void {
    const { live } = submission;
    const { room, device, clientMessageId, now } = command;
    const answer: Answer = { kind: 'refused', error };
    if (device === undefined || clientMessageId === undefined) {
      this.#answer(submission, answer);
      return;
    }
    const at = Math.max(now, live.tentative?.at ?? 0);
    const refusal: RecordedRefusal = { device, clientMessageId, code: error.code, at };
    submission.after = evolve(live.tentative, { type: 'refusal', room, refusal }, command.window);
    submission.entry = { type: 'refusal', room, refusal };
    this.#commit(submission, answer);
  }

  #commit(submission: Submission, answer: Answer): void {
    const { live } = submission;
    submission.answered = answer;
    live.tentative = submission.after;
    live.pending.push(submission);
    live.inFlight++;
    this.#deps.committer.enqueue(submission);
  }

  /** An answer that stores nothing rests on what was decided before it, so it waits until that is stored. */
  #answer(submission: Submission, answer: Answer): void {
    submission.answered = answer;
    if (submission.live.inFlight === 0) {
      submission.answer();
      return;
    }
    submission.live.inFlight++;
    this.#deps.committer.enqueue(submission);
  }
}

type Refused = Decision & { kind: 'refused' };

/** Of a command whose device sent it behind one that is to come again. */
const HELD_BACK = refusal('busy', 'A command before this one was refused and is to be sent again first.', {
  retryAfterMs: 100,
});

/** Answers what asks for nothing but that all before it is answered. */
const PASSED: Answer = { kind: 'accepted', seq: 0 as Seq, at: 0 };

function repeated(outcome: SendOutcome): Answer {
  return outcome.kind === 'event'
    ? { kind: 'accepted', seq: outcome.seq, at: outcome.at }
    : { kind: 'refused', error: recordedError(outcome.code) };
}
