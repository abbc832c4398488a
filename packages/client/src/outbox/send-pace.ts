import { type ErrorBody, type ErrorCode, limits } from '@maru/protocol';
import type { Environment } from '../environment.ts';
import { Pause } from '../wire/pause.ts';
import type { OutboxQueue, Waiting } from './outbox-queue.ts';

/** Retryable refusals that concern one room, so that the others go on. */
const ROOM_ERRORS: readonly ErrorCode[] = ['internal', 'rules-unknown'];
/** The limit of a refusal that says when a room takes the next message, and nothing of how the server is. */
const SLOW_MODE = 'slowMode';
/** What an accepted command adds to how many may be unanswered. */
const WINDOW_GROWTH = 1 / 8;

/** How fast commands go: what the server has borne, and the pauses that its retryable refusals ask for. */
export class SendPace {
  readonly #environment: Pick<Environment, 'clock' | 'random'>;
  /** Refused for what concerns the device or the server as a whole: nothing is sent. */
  readonly #pause: Pause;
  /** How many may be unanswered in a room: halved by a retryable refusal, growing again with what is accepted. */
  #window: number = limits.SENDS_IN_FLIGHT_MAX;

  constructor(environment: Pick<Environment, 'clock' | 'random'>, goOn: () => void) {
    this.#environment = environment;
    this.#pause = new Pause(environment, goOn);
  }

  mayGo(queue: OutboxQueue): boolean {
    return !queue.pause.active && queue.lifts === 0 && !this.#pause.active;
  }

  /** How many may be unanswered in a room, where the session bears `inFlightMax`. */
  unansweredMax(inFlightMax: number): number {
    return Math.min(inFlightMax, this.#window);
  }

  accepted(queue: OutboxQueue): void {
    queue.pause.succeeded();
    this.#pause.succeeded();
    this.#window = Math.min(limits.SENDS_IN_FLIGHT_MAX, this.#window + WINDOW_GROWTH);
  }

  /** Refused for now. Returns what the message waits for, where that can be said. */
  refused(queue: OutboxQueue, error: ErrorBody): Waiting | undefined {
    // What the server kept back behind a message that has to wait waits with it.
    if (queue.pause.active) return undefined;
    const ms = error.retryAfterMs ?? 0;
    if (error.limit?.name === SLOW_MODE) {
      queue.pause.begin(ms);
      return { for: 'slow-mode', until: this.#environment.clock.now() + ms };
    }
    const pause = ROOM_ERRORS.includes(error.code) ? queue.pause : this.#pause;
    if (pause.begin(ms)) this.#window = Math.max(1, Math.floor(this.#window / 2));
    return undefined;
  }

  /** Without a session nothing waits for a time. */
  end(): void {
    this.#pause.end();
  }
}
