import type { DownFrame, ErrorBody, RequestFrame } from '@maru/protocol';
import type { Cancel, Environment } from '../environment.ts';
import { Disconnected, RequestRefused } from '../errors.ts';
import { fullJitterMs } from './backoff.ts';

/** Which frame answers which request. */
interface Answers {
  sync: 'synced';
  history: 'page';
  mark: 'ok';
  look: 'seen';
  status: 'status';
  set: 'ok';
}
type Kind = RequestFrame['kind'];
type Answer<K extends Kind> = Extract<DownFrame, { kind: Answers[K] }>;
type Ask<K extends Kind> = Omit<Extract<RequestFrame, { kind: K }>, 'id'> & { readonly kind: K };
type AnyAnswer = Extract<DownFrame, { kind: Answers[Kind] }>;

/** A request without an answer for so long, on a connection that lives, is lost: the connection can't be trusted. */
const ANSWER_MS_MAX = 30_000;

interface Waiting {
  readonly frame: Omit<RequestFrame, 'id'>;
  readonly resolve: (answer: AnyAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly askedAt: number;
  readonly tries: number;
}

/**
 * Requests of one connection and their answers. What the server refuses as retryable is asked again; else a request
 * rejects with {@link RequestRefused}, and with {@link Disconnected} where the connection ends first.
 */
export class Requests {
  readonly #environment: Pick<Environment, 'clock' | 'random'>;
  readonly #send: (frame: RequestFrame) => void;
  readonly #waiting = new Map<number, Waiting>();
  /** Refused as retryable, until they are asked again. */
  readonly #delayed = new Map<Waiting, Cancel>();
  #last = 0;
  #ended = false;

  constructor(environment: Pick<Environment, 'clock' | 'random'>, send: (frame: RequestFrame) => void) {
    this.#environment = environment;
    this.#send = send;
  }

  ask<K extends Kind>(frame: Ask<K>): Promise<Answer<K>> {
    return new Promise<AnyAnswer>((resolve, reject) => {
      this.#post({ frame, resolve, reject, askedAt: this.#environment.clock.monotonic(), tries: 0 });
    }) as Promise<Answer<K>>;
  }

  /** Takes an answer to its request. Answers to nobody are passed over. */
  answered(frame: AnyAnswer): void {
    const waiting = this.#waiting.get(frame.id);
    if (waiting === undefined) return;
    this.#waiting.delete(frame.id);
    waiting.resolve(frame);
  }

  refused(id: number, error: ErrorBody): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    if (!error.retryable) {
      waiting.reject(new RequestRefused(error));
      return;
    }
    const { clock, random } = this.#environment;
    const wait = (error.retryAfterMs ?? 0) + fullJitterMs(waiting.tries, random);
    const cancel = clock.after(wait, () => {
      this.#delayed.delete(waiting);
      this.#post({ ...waiting, tries: waiting.tries + 1, askedAt: clock.monotonic() });
    });
    this.#delayed.set(waiting, cancel);
  }

  /** Whether an answer is so late that it will not come. */
  get overdue(): boolean {
    const now = this.#environment.clock.monotonic();
    for (const { askedAt } of this.#waiting.values()) if (now - askedAt > ANSWER_MS_MAX) return true;
    return false;
  }

  /** The connection ended. */
  end(): void {
    this.#ended = true;
    for (const { reject } of this.#takeAll()) reject(new Disconnected('the connection ended'));
  }

  /**
   * Another connection takes the place of one that still worked (`[WIRE9]`): who reads history notices nothing. All else
   * is asked anew by who asked it, as behind a cut.
   */
  goOver(): void {
    const askedAt = this.#environment.clock.monotonic();
    for (const waiting of this.#takeAll()) {
      if (waiting.frame.kind === 'history') this.#post({ ...waiting, askedAt });
      else waiting.reject(new Disconnected('the session went over to another connection'));
    }
  }

  #takeAll(): Waiting[] {
    const all = [...this.#waiting.values(), ...this.#delayed.keys()];
    for (const cancel of this.#delayed.values()) cancel();
    this.#waiting.clear();
    this.#delayed.clear();
    return all;
  }

  #post(waiting: Waiting): void {
    if (this.#ended) {
      waiting.reject(new Disconnected('there is no connection'));
      return;
    }
    const id = ++this.#last;
    this.#waiting.set(id, waiting);
    this.#send({ ...waiting.frame, id } as RequestFrame);
  }
}
