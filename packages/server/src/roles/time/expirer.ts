import { limits, type RoomId } from '@maru/protocol';
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { ExpiringMessage, RoomStore } from '../../ports/room-store.ts';
import type { Rooms } from '../../ports/rooms.ts';
import type { Committer } from '../commit/committer.ts';
import type { SteadyClock } from './steady-clock.ts';

/** Between two batches: messages that are being sent have the rest of the time. */
const PACE_MS = 25;
/** While messages wait for the log, and after a refusal that does not last. */
const STAND_BACK_MS = 500;
/** It looks at the clock at least so often, for that may be set. */
const LOOK_MS_MAX = 60_000;

export interface ExpirerDeps {
  readonly store: Pick<RoomStore, 'expiring'>;
  readonly rooms: Pick<Rooms, 'submit'>;
  readonly committer: Pick<Committer, 'strained' | 'refusal'>;
  readonly clock: Clock;
  readonly time: SteadyClock;
  readonly onFault: (error: unknown) => void;
}

/**
 * Erases messages whose time is over (`[TIME2]`), the earliest first, some at a time. All that it knows it asks the store
 * for, so that a restart picks up what fell due meanwhile.
 */
export class Expirer implements AsyncDisposable {
  readonly #deps: ExpirerDeps;
  /** Rooms in which nothing can be erased: their rules are not known. */
  readonly #except = new Set<RoomId>();
  /** Of the batch before, the first message: met again, its room is left alone. */
  #former: string | undefined;
  #timer: Cancel | undefined;
  /** When the timer looks, by {@link SteadyClock}. */
  #dueAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(deps: ExpirerDeps) {
    this.#deps = deps;
    this.#look();
  }

  /** A message was stored that vanishes then. */
  note(expiresAt: number): void {
    if (expiresAt >= this.#dueAt) return;
    // While it looks, what it has asked the store for may be of before.
    if (this.#running === undefined) this.#wait(expiresAt);
    else this.#dueAt = expiresAt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#timer?.();
    await this.#running;
  }

  #wait(dueAt: number): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#dueAt = dueAt;
    if (this.#closed || dueAt === Number.POSITIVE_INFINITY) return;
    const ms = Math.max(PACE_MS, Math.min(dueAt - this.#deps.time.now(), LOOK_MS_MAX));
    this.#timer = this.#deps.clock.after(ms, () => this.#look());
  }

  #look(): void {
    this.#timer = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#running = this.#pass()
      .catch((error: unknown) => {
        this.#deps.onFault(error);
        return this.#deps.time.now() + STAND_BACK_MS;
      })
      .then((dueAt) => {
        this.#running = undefined;
        this.#wait(Math.min(dueAt, this.#dueAt));
      });
  }

  /** Erases one batch, and gives when to look again. */
  async #pass(): Promise<number> {
    const { store, committer, time } = this.#deps;
    const now = time.now();
    if (committer.strained || committer.refusal() !== undefined) return now + STAND_BACK_MS;
    const due = await store.expiring(now, limits.EXPIRED_MESSAGES_MAX, this.#except);
    const [earliest] = due;
    if (earliest === undefined) {
      const [next] = await store.expiring(Number.POSITIVE_INFINITY, 1, this.#except);
      return next?.expiresAt ?? Number.POSITIVE_INFINITY;
    }
    const first = `${earliest.room} ${earliest.seq}`;
    if (first === this.#former) throw this.#stuck(earliest.room);
    const erased = await Promise.all(
      Array.from(byRoom(due), ([room, messages]) => this.#erase(room, messages, now)),
    );
    if (erased.includes(false)) return now + STAND_BACK_MS;
    this.#former = first;
    return now + PACE_MS;
  }

  /** The rules found nothing to erase where the store says that there is something. */
  #stuck(room: RoomId): Error {
    this.#except.add(room);
    return new Error(`a message of ${room} can't be erased: it is left alone until the next start`);
  }

  /** Whether it is done, or never will be. */
  async #erase(
    room: RoomId,
    messages: readonly [ExpiringMessage, ...ExpiringMessage[]],
    now: number,
  ): Promise<boolean> {
    const [{ sender }] = messages;
    const named = messages.map(({ seq, sender: author }) => ({ seq, sender: author }));
    const answer = await this.#deps.rooms.submit({
      kind: 'expire',
      messages: named,
      room,
      sender,
      now,
    });
    if (answer.kind === 'accepted') return true;
    if (answer.error.retryable && answer.error.code !== 'rules-unknown') return false;
    // The next start looks again: it may be one of a version that can.
    this.#except.add(room);
    return true;
  }
}

function byRoom(due: readonly ExpiringMessage[]): Map<RoomId, [ExpiringMessage, ...ExpiringMessage[]]> {
  const rooms = new Map<RoomId, [ExpiringMessage, ...ExpiringMessage[]]>();
  for (const message of due) {
    const others = rooms.get(message.room);
    if (others === undefined) rooms.set(message.room, [message]);
    else others.push(message);
  }
  return rooms;
}
