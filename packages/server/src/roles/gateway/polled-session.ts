import { closeCodes, type DeviceId, type ErrorBody, limits, refusal } from '@maru/protocol';
import type { Cancel, Clock } from '../../ports/clock.ts';
import { PollQueue } from './poll-queue.ts';
import type { PollTopics } from './poll-topics.ts';
import type { Session } from './session.ts';
import type { SessionSink } from './session-sink.ts';

/** How long a request waits for the one before it, which another connection brings; then it is to be made again. */
const GAP_MS_MAX = 10_000;
const GAP_RETRY_AFTER_MS = 100;

/** A request of a polled session, as it concerns the session. */
export interface Poll {
  readonly n: number;
  /** Milliseconds that the answer may wait for something to say. */
  readonly wait: number;
  /** JSON texts. */
  readonly frames: readonly string[];
  /** Whether the client leaves. */
  readonly end: boolean;
}

/** The answer's JSON text, or why there is none. */
export type PollReply = string | ErrorBody;

interface Pending {
  readonly n: number;
  readonly answer: (reply: PollReply) => void;
  cancel: Cancel | undefined;
  settling: boolean;
}

interface Ahead {
  readonly poll: Poll;
  readonly reply: Promise<PollReply>;
  readonly answer: (reply: PollReply) => void;
  readonly cancel: Cancel;
}

export interface PolledSessionOptions {
  /** What its requests name; goes out with the first answer. */
  readonly secret: string;
  /** Whose token or cookie opened it: nobody else's requests are its own. */
  readonly boundTo: DeviceId | undefined;
  readonly topics: PollTopics;
  readonly clock: Clock;
  readonly connect: (sink: SessionSink) => Session;
  /** The session was closed; the client may not know yet. */
  readonly onClosed: () => void;
  /** Nobody will ask for it any more. */
  readonly onForgotten: () => void;
  /** Runs something behind all that is already to run in this tick. */
  readonly defer: (run: () => void) => void;
}

/**
 * A session whose frames travel in numbered requests and their answers. Frames of each number are taken once and in the
 * order of the numbers (`[POLL1]`); the last two answers are kept, so that a request that is repeated because its answer
 * got lost gets the same one (`[POLL2]`).
 */
export class PolledSession {
  /** For the watch over silence. */
  readonly data = { heardAt: 0 };
  readonly boundTo: DeviceId | undefined;
  readonly #options: PolledSessionOptions;
  readonly #queue: PollQueue;
  readonly #session: Session;
  readonly #answers = new Map<number, Promise<PollReply>>();
  /** The newest number taken. */
  #last = 0;
  /** The newest request, while it waits. */
  #pending: Pending | undefined;
  /** A request that has overtaken the one before it. */
  #ahead: Ahead | undefined;

  constructor(options: PolledSessionOptions) {
    this.#options = options;
    this.boundTo = options.boundTo;
    this.#queue = new PollQueue(options.topics, {
      woken: () => this.#settleSoon(),
      closed: (atOnce) => this.#closed(atOnce),
    });
    this.#session = options.connect(this.#queue);
  }

  get isClosed(): boolean {
    return this.#queue.closed !== undefined;
  }

  /** Whose it is; absent until it has said so. */
  get device(): DeviceId | undefined {
    return this.#session.device ?? this.boundTo;
  }

  /**
   * A request counts for its frames, and for one where it has none or is a repetition (`[LIMIT6]`).
   *
   * @returns 0, or the milliseconds after which it may be made again
   */
  takeRequest({ n, frames }: Pick<Poll, 'n' | 'frames'>): number {
    return frames.length > 0 && n > this.#last ? 0 : this.#session.takeRequest();
  }

  ping(): void {
    // Nobody can be asked who does not ask.
  }

  /** Takes a request. Resolves with its answer. */
  poll(poll: Poll): Promise<PollReply> {
    const { n } = poll;
    const known = this.#answers.get(n) ?? (this.#ahead?.poll.n === n ? this.#ahead.reply : undefined);
    if (known !== undefined) return known;
    if (this.isClosed) return Promise.resolve(this.#textOf(n));
    if (n === this.#last + 1) return this.#take(poll);
    if (n === this.#last + limits.POLLS_AT_ONCE_MAX) return this.#hold(poll);
    const expected = `The next request is ${this.#last + 1}, and answers older than the last two are gone.`;
    return Promise.resolve(refusal('bad-request', expected, { field: 'n' }));
  }

  /** No request came for so long, or the client has left: it is over (`[POLL4]`). */
  gone(silentMs: number): void {
    this.#session.carrierClosed(silentMs);
    this.#queue.end();
    this.#queue.close(closeCodes.comeBack.code, 'silent for too long');
    this.#answers.clear();
    this.#options.onForgotten();
  }

  #take(poll: Poll): Promise<PollReply> {
    const { n, frames, wait, end } = poll;
    // Who speaks while a poll waits: that one is answered with what there is (`[POLL3]`).
    this.#settle();
    this.#last = n;
    this.#answers.delete(n - limits.POLLS_AT_ONCE_MAX);
    const { promise, resolve } = Promise.withResolvers<PollReply>();
    this.#answers.set(n, promise);
    const pending: Pending = { n, answer: resolve, cancel: undefined, settling: false };
    this.#pending = pending;
    for (const frame of frames) this.#session.receive(frame);
    if (end) this.gone(0);
    if (wait === 0 || this.#queue.hasNews || this.isClosed) this.#settleSoon();
    else pending.cancel = this.#options.clock.after(wait, () => this.#settle(pending));
    this.#followUp();
    return promise;
  }

  /** Keeps a request until the one before it is there. */
  #hold(poll: Poll): Promise<PollReply> {
    const { promise, resolve } = Promise.withResolvers<PollReply>();
    const late = refusal('busy', 'The request before this one is missing.', {
      retryAfterMs: GAP_RETRY_AFTER_MS,
    });
    const cancel = this.#options.clock.after(GAP_MS_MAX, () => {
      this.#ahead = undefined;
      resolve(late);
    });
    this.#ahead = { poll, reply: promise, answer: resolve, cancel };
    return promise;
  }

  #followUp(): void {
    const ahead = this.#ahead;
    if (ahead === undefined) return;
    this.#ahead = undefined;
    ahead.cancel();
    void this.#take(ahead.poll).then(ahead.answer);
  }

  /** Answers behind all that is said in this tick. */
  #settleSoon(): void {
    const pending = this.#pending;
    if (pending === undefined || pending.settling) return;
    pending.settling = true;
    this.#options.defer(() => this.#settle(pending));
  }

  #settle(only?: Pending): void {
    const pending = this.#pending;
    if (pending === undefined || (only !== undefined && only !== pending)) return;
    this.#pending = undefined;
    pending.cancel?.();
    pending.answer(this.#textOf(pending.n));
  }

  #textOf(n: number): string {
    const session = n === 1 ? `"session":"${this.#options.secret}",` : '';
    const { closed } = this.#queue;
    const end = closed === undefined ? '' : `,"closed":${JSON.stringify(closed)}`;
    return `{${session}"n":${n},"frames":[${this.#queue.take().join(',')}]${end}}`;
  }

  #closed(atOnce: boolean): void {
    if (atOnce) {
      for (const n of [...this.#answers.keys()]) if (n !== this.#pending?.n) this.#answers.delete(n);
    }
    this.#options.onClosed();
  }
}
