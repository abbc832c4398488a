import { type DeviceId, limits } from '@maru/protocol';
import { type Rate, TokenBucket } from '../edge/token-bucket.ts';
import type { LiveSession } from './live-session.ts';

/** How fast one device may send, over all of its sessions (`[LIMIT6]`). */
export interface DeviceRates {
  readonly frames: Rate;
  /** The burst must hold the largest frame. */
  readonly bytes: Rate;
  /**
   * What may be refused for its rate, one for a frame and one more for every 10 kB: who goes on beyond it is
   * disconnected.
   */
  readonly refusals: Rate;
}

const FRAMES_PER_SECOND = 50;
const BYTES_PER_SECOND = 2_000_000;

/** Rates around what a device may send in the long run: it may send some seconds' worth at once. */
export function deviceRates(
  framesPerSecond = FRAMES_PER_SECOND,
  bytesPerSecond = BYTES_PER_SECOND,
): DeviceRates {
  const burst = Math.ceil(framesPerSecond * 4);
  return {
    frames: { perSecond: framesPerSecond, burst },
    bytes: { perSecond: bytesPerSecond, burst: Math.max(bytesPerSecond * 3, limits.FRAME_BYTES_MAX) },
    refusals: { perSecond: framesPerSecond, burst: burst * 5 },
  };
}

const REFUSED_BYTES = 10_000;

/** A device's sessions, and what it may send. */
export class DeviceLine {
  readonly device: DeviceId;
  /** The oldest first. */
  readonly sessions: LiveSession[] = [];
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #rates: DeviceRates;
  #refusals: TokenBucket | undefined;

  constructor(device: DeviceId, rates: DeviceRates, now: number) {
    this.device = device;
    this.#rates = rates;
    this.#frames = new TokenBucket(rates.frames, now);
    this.#bytes = new TokenBucket(rates.bytes, now);
  }

  /** 0, or the milliseconds after which a frame that counts for `cost` may be sent again. */
  take(cost: number, bytes: number, now: number): number {
    const wait = this.#frames.take(Math.min(cost, this.#rates.frames.burst), now);
    return wait > 0 ? wait : this.#bytes.take(bytes, now);
  }

  /** Whether one more frame may be refused; if not, the device is flooding. */
  mayRefuse(bytes: number, now: number): boolean {
    this.#refusals ??= new TokenBucket(this.#rates.refusals, now);
    return this.#refusals.take(1 + bytes / REFUSED_BYTES, now) === 0;
  }

  /** Nobody needs it any more: no session, and nothing used up. */
  isIdle(now: number): boolean {
    return (
      this.sessions.length === 0 &&
      this.#frames.isFull(now) &&
      this.#bytes.isFull(now) &&
      (this.#refusals?.isFull(now) ?? true)
    );
  }
}
