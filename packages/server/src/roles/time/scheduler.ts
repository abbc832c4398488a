import {
  type ErrorBody,
  limits,
  type RoomId,
  refusal,
  type ScheduledId,
  type ScheduledItem,
  type Seq,
  scheduledIdOf,
  type UserId,
} from '@maru/protocol';
import { unreachable } from '../../core/unreachable.ts';
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { Identity } from '../../ports/credentials.ts';
import type { Delivery } from '../../ports/delivery.ts';
import { StorageBroken, StorageUnavailable } from '../../ports/log.ts';
import type { Answer } from '../../ports/rooms.ts';
import type { ScheduledRecord, Schedules } from '../../ports/schedules.ts';
import type { Committer } from '../commit/committer.ts';
import type { LaterFrame } from '../edge/later-frame.ts';
import { FIRED_AT_ONCE_MAX, type FiringDeps, fire } from './firing.ts';
import { encodeMessage, messageOf, type ScheduledParts } from './message-of.ts';
import type { SteadyClock } from './steady-clock.ts';

const LIMITS = { count: limits.SCHEDULED_MAX, chars: limits.SCHEDULED_BYTES_MAX };
/** After a refusal that does not last. */
const RETRY_MS = 500;
/** It looks at the clock at least so often, for that may be set. */
const LOOK_MS_MAX = 60_000;

export interface SchedulerDeps extends FiringDeps {
  readonly schedules: Schedules;
  readonly delivery: Pick<Delivery, 'toUsers'>;
  readonly committer: Pick<Committer, 'refusal'>;
  readonly clock: Clock;
  readonly time: SteadyClock;
  readonly onFault: (error: unknown) => void;
  /** The engine can no longer say what is stored. */
  readonly onBroken: (error: unknown) => void;
}

/** Another time, or another message. */
export type ScheduledChange = { readonly at?: number | undefined } & ScheduledParts;

/** Keeps what users want sent later, sends it when its time has come, and tells their devices of every change (`LATER`). */
export class Scheduler implements AsyncDisposable {
  readonly #deps: SchedulerDeps;
  /** Of users who have anything scheduled. */
  readonly #revisions = new Map<UserId, number>();
  /** Of users who are changing what they have scheduled, the last of it. */
  readonly #turns = new Map<UserId, Promise<ErrorBody | undefined>>();
  /** What is being sent, and was not answered for good. */
  #firing: readonly ScheduledRecord[] = [];
  #timer: Cancel | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #closed = false;
  /** Until it knows who has anything scheduled. */
  loading: Promise<void> | undefined;

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
    this.loading = this.#load();
  }

  /** By which a device knows whether it has what is scheduled; `undefined`: nothing is. */
  revisionOf(user: UserId): number | undefined {
    return this.#revisions.get(user);
  }

  async list(user: UserId): Promise<{ revision: number | undefined; items: ScheduledItem[] }> {
    const revision = await this.#deps.schedules.revision(user);
    const records = await this.#deps.schedules.list(user);
    return { revision, items: records.map(toItem) };
  }

  /** A command of a device. What was given to the room before it has taken effect (`[ORD4]`). */
  async take(identity: Identity, frame: LaterFrame): Promise<Answer> {
    const { rooms, clock } = this.#deps;
    const { room } = frame;
    const asked = {
      room,
      sender: identity.user,
      device: identity.device,
      now: clock.now(),
    };
    const answers = 'replyTo' in frame && frame.replyTo !== undefined && { replyTo: frame.replyTo };
    const head = await rooms.submit({ kind: 'schedule', ...asked, ...answers });
    const isOut = head.kind === 'refused' && (head.error.retryable || frame.kind === 'schedule');
    if (isOut) return head;
    const error = await this.#carryOut(identity, frame);
    if (error !== undefined) return { kind: 'refused', error };
    // Who is no member any more still has what they scheduled.
    return head.kind === 'accepted' ? head : { kind: 'accepted', seq: 1 as Seq, at: asked.now };
  }

  change(
    identity: Identity,
    scheduled: ScheduledId,
    change: ScheduledChange,
  ): Promise<ErrorBody | undefined> {
    return this.#inTurn(identity.user, async () => {
      const { schedules } = this.#deps;
      const item = (await schedules.list(identity.user)).find((own) => own.scheduled === scheduled);
      const wrong = await this.#check(identity, item?.room, change.at, change);
      if (wrong !== undefined) return wrong;
      const message = encodeMessage(change);
      const to = {
        ...(change.at !== undefined && { at: change.at }),
        ...(message !== undefined && { message }),
      };
      const outcome = await schedules.change(identity.user, scheduled, to, LIMITS);
      if (outcome !== 'changed') return refusalOf(outcome);
      this.#note(change.at ?? item?.at ?? 0);
      await this.#tell([identity.user]);
      return undefined;
    });
  }

  remove(user: UserId, scheduled: ScheduledId): Promise<ErrorBody | undefined> {
    return this.#inTurn(user, async () => {
      const outcome = await this.#deps.schedules.remove(user, scheduled);
      if (outcome !== 'removed') return refusalOf(outcome);
      await this.#tell([user]);
      return undefined;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#timer?.();
    await this.loading;
    await this.#running;
  }

  #carryOut(identity: Identity, frame: LaterFrame): Promise<ErrorBody | undefined> {
    switch (frame.kind) {
      case 'schedule':
        return this.#add(identity, frame);
      case 'reschedule':
        return this.change(identity, frame.scheduled, frame);
      case 'unschedule':
        return this.remove(identity.user, frame.scheduled);
      default:
        return unreachable(frame);
    }
  }

  #add(identity: Identity, frame: LaterFrame & { kind: 'schedule' }): Promise<ErrorBody | undefined> {
    return this.#inTurn(identity.user, async () => {
      const { room, clientMessageId, at } = frame;
      const wrong = await this.#check(identity, room, at, frame);
      if (wrong !== undefined) return wrong;
      const scheduled = scheduledIdOf(identity.device, room, clientMessageId);
      const message = encodeMessage(frame) ?? '';
      const item = { scheduled, user: identity.user, room, at, message };
      if ((await this.#deps.schedules.add(item, LIMITS)) === 'full') return refusalOf('full');
      this.#note(at);
      await this.#tell([identity.user]);
      return undefined;
    });
  }

  /** What can be known to be wrong now is said now. */
  async #check(
    identity: Identity,
    room: RoomId | undefined,
    at: number | undefined,
    { content, mentions, mentionsAll, expiresAfter }: ScheduledParts,
  ): Promise<ErrorBody | undefined> {
    const { clock, intake } = this.#deps;
    if (at !== undefined && at > clock.now() + limits.SCHEDULE_AHEAD_MS_MAX) {
      const limit = { name: 'SCHEDULE_AHEAD_MS_MAX', value: limits.SCHEDULE_AHEAD_MS_MAX };
      return refusal('bad-request', 'A message can be scheduled a year ahead at most.', {
        limit,
        field: 'at',
      });
    }
    if (content === undefined || room === undefined) return undefined;
    const named = { mentions, mentionsAll };
    const send = { kind: 'send', room, clientMessageId: NO_NAME, content, ...named, expiresAfter } as const;
    const taken = await intake(identity, send);
    return taken.kind === 'refused' ? taken.error : undefined;
  }

  /** What a user asks for takes effect in the order in which their rooms took it: a cancellation behind what it cancels. */
  #inTurn(user: UserId, write: () => Promise<ErrorBody | undefined>): Promise<ErrorBody | undefined> {
    const stored = () => this.#stored(write);
    // Behind what comes again, all comes again (`[ORD4]`).
    const behind = (error: ErrorBody | undefined) => (error?.retryable === true ? error : stored());
    const turn = this.#turns.get(user)?.then(behind, stored) ?? stored();
    this.#turns.set(user, turn);
    const end = () => {
      if (this.#turns.get(user) === turn) this.#turns.delete(user);
    };
    turn.then(end, end);
    return turn;
  }

  /** Storage that takes nothing now is said to take nothing now. */
  async #stored(write: () => Promise<ErrorBody | undefined>): Promise<ErrorBody | undefined> {
    const overload = this.#deps.committer.refusal();
    if (overload !== undefined) return overload;
    try {
      return await write();
    } catch (error) {
      if (error instanceof StorageBroken) this.#deps.onBroken(error);
      else if (!(error instanceof StorageUnavailable)) throw error;
      return refusal('storage-unavailable', 'The storage takes nothing at the moment.', {
        retryAfterMs: 1_000,
      });
    }
  }

  /** These users' devices learn that there is something new. */
  async #tell(users: Iterable<UserId>): Promise<void> {
    const { schedules, delivery } = this.#deps;
    for (const user of users) {
      const revision = await schedules.revision(user);
      if (revision === undefined) this.#revisions.delete(user);
      else this.#revisions.set(user, revision);
      delivery.toUsers([user], JSON.stringify({ kind: 'scheduled', revision }));
    }
  }

  async #load(): Promise<void> {
    const { schedules, onFault } = this.#deps;
    try {
      for (const { user, revision } of await schedules.revisions()) this.#revisions.set(user, revision);
      this.#firing = await schedules.firing();
    } catch (error) {
      onFault(error);
    }
    this.loading = undefined;
    this.#look();
  }

  #note(at: number): void {
    if (at >= this.#dueAt) return;
    // While it looks, what it has asked the store for may be of before.
    if (this.#running === undefined && this.loading === undefined) this.#wait(at);
    else this.#dueAt = at;
  }

  #wait(dueAt: number): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#dueAt = dueAt;
    if (this.#closed || dueAt === Number.POSITIVE_INFINITY) return;
    const ms = Math.max(0, Math.min(dueAt - this.#deps.time.now(), LOOK_MS_MAX));
    this.#timer = this.#deps.clock.after(ms, () => this.#look());
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#closed) return;
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#running = this.#pass()
      .catch((error: unknown) => {
        if (!(error instanceof StorageUnavailable)) this.#deps.onFault(error);
        return this.#deps.time.now() + RETRY_MS;
      })
      .then((dueAt) => {
        this.#running = undefined;
        this.#wait(Math.min(dueAt, this.#dueAt));
      });
  }

  /** Sends what is due, some of it, and gives when to look again. */
  async #pass(): Promise<number> {
    const { schedules, committer, time } = this.#deps;
    const now = time.now();
    if (committer.refusal() !== undefined) return now + RETRY_MS;
    if (this.#firing.length === 0) {
      const next = await schedules.next();
      if (next === undefined || next > now) return next ?? Number.POSITIVE_INFINITY;
      // From here on nobody changes them, whatever becomes of this process.
      this.#firing = await schedules.claim(now, FIRED_AT_ONCE_MAX);
    }
    const claimed = this.#firing;
    const { settled, again } = await fire(claimed, this.#deps);
    await schedules.settle(settled);
    this.#firing = again;
    const done = new Set(settled.map(({ scheduled }) => scheduled));
    await this.#tell(new Set(claimed.filter(({ scheduled }) => done.has(scheduled)).map(({ user }) => user)));
    return again.length > 0 ? now + RETRY_MS : now;
  }
}

/** It is never stored: the intake only looks at the message. */
const NO_NAME = '00000000-0000-7000-8000-000000000000' as Parameters<typeof scheduledIdOf>[2];

function refusalOf(outcome: 'unknown' | 'sent' | 'full'): ErrorBody {
  switch (outcome) {
    case 'unknown':
      return refusal('not-found', 'There is no such scheduled message.');
    case 'sent':
      return refusal('already-sent', 'The message was sent, or is being sent.');
    case 'full': {
      const limit = { name: 'SCHEDULED_MAX', value: limits.SCHEDULED_MAX };
      return refusal('too-many', 'Too much is scheduled: send or cancel some of it.', { limit });
    }
    default:
      return unreachable(outcome);
  }
}

function toItem(record: ScheduledRecord): ScheduledItem {
  const { scheduled, room, at, state, error } = record;
  return {
    ...{ scheduled, room, at },
    state: state === 'failed' ? 'failed' : 'waiting',
    ...(error !== undefined && { error }),
    ...messageOf(record),
  };
}
