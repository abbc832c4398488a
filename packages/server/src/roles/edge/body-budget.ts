import { type ErrorBody, limits, refusal } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';

/** Bytes of bodies under way that are held at once for one device, or one address where nobody is known yet. */
export const SENDER_BODY_BYTES_MAX = 4 * limits.FRAME_BYTES_MAX;
/** And for all together. */
const BODY_BYTES_IN_ALL_MAX = 67_108_864;
/** What a body counts for at least: a request that has just begun costs memory, too. */
export const BODY_BYTES_COUNTED_MIN = 16_384;
/** From its first byte to its last: a body that comes in drops holds what came of it. */
export const BODY_MS_MAX = 60_000;

const RETRY_AFTER_MS = 1_000;

export interface BodyBudgetOptions {
  readonly senderBytesMax?: number;
  readonly bytesMax?: number;
}

/** The memory of bodies that are being read (`[LIMIT11]`): by bytes and not by number, so that many small ones go at once. */
export class BodyBudget {
  readonly #clock: Clock;
  readonly #senderMax: number;
  readonly #max: number;
  readonly #bySender = new Map<string, number>();
  #held = 0;

  constructor(clock: Clock, options: BodyBudgetOptions = {}) {
    const { senderBytesMax = SENDER_BODY_BYTES_MAX, bytesMax = BODY_BYTES_IN_ALL_MAX } = options;
    this.#clock = clock;
    this.#senderMax = senderBytesMax;
    this.#max = bytesMax;
  }

  /** Bytes that count at this moment. */
  get held(): number {
    return this.#held;
  }

  /** For one body; disposed of when it is read or given up. @param sender a device's id, or the key of an address */
  open(sender: string): BodyShare {
    const begunAt = this.#clock.monotonic();
    let size = 0;
    let counted = 0;
    const count = (bytes: number) => {
      counted += bytes;
      this.#held += bytes;
      const left = (this.#bySender.get(sender) ?? 0) + bytes;
      if (left > 0) this.#bySender.set(sender, left);
      else this.#bySender.delete(sender);
    };
    return {
      grow: (bytes) => {
        if (this.#clock.monotonic() - begunAt > BODY_MS_MAX) return tooSlow();
        size += bytes;
        const more = Math.max(size, BODY_BYTES_COUNTED_MIN) - counted;
        if ((this.#bySender.get(sender) ?? 0) + more > this.#senderMax) return tooMuch(this.#senderMax);
        if (this.#held + more > this.#max) return busy();
        count(more);
        return undefined;
      },
      [Symbol.dispose]: () => count(-counted),
    };
  }
}

/** What one body holds of the budget. */
export interface BodyShare extends Disposable {
  /** So many bytes more have come; 0 begins it. Says why the body can't be read on. */
  grow(bytes: number): ErrorBody | undefined;
}

function tooSlow(): ErrorBody {
  return refusal('rate-limited', 'The body came too slowly. Try again.', { retryAfterMs: RETRY_AFTER_MS });
}

function tooMuch(value: number): ErrorBody {
  return refusal('rate-limited', 'Too much is being sent at once. Wait until less is under way.', {
    limit: { name: 'SENDER_BODY_BYTES_MAX', value },
    retryAfterMs: RETRY_AFTER_MS,
  });
}

function busy(): ErrorBody {
  return refusal('busy', 'Too many requests are being read at once. Try again.', {
    retryAfterMs: RETRY_AFTER_MS,
  });
}
