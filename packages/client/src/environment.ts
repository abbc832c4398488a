import type { Transport } from './wire/transport.ts';

/** Ends what `after` began. */
export type Cancel = () => void;

export interface Clock {
  /** Milliseconds since the epoch. May jump either way; nothing that is promised depends on it. */
  now(): number;
  /** Milliseconds that never go back, for measuring spans. */
  monotonic(): number;
  /** Calls `run` once after `ms`, unless cancelled. */
  after(ms: number, run: () => void): Cancel;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Whether the browser's cookies go with it. */
  readonly cookies: boolean;
  /** Nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** How long the answer may take, where that is not for the environment to say. */
  readonly timeoutMs?: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Rejects where no answer came. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Everything that the SDK does not decide by itself: time, chance, network. With a virtual one, what hundreds of
 * devices do follows from a seed; between calls to it the SDK waits for nothing but promises.
 */
export interface Environment {
  readonly clock: Clock;
  /** Random bytes: strong in production, seeded in a simulation. */
  readonly random: (count: number) => Uint8Array;
  /** Sockets. */
  readonly transport: Transport;
  /** Keeps connections open for the next request. */
  readonly http: Http;
  /** Names the network that the device is in, as far as that can be told: what holds in one need not hold in another. */
  readonly network?: () => string;
}

/** A random number in [0, 1). */
export function randomFraction(random: Environment['random']): number {
  let value = 0;
  for (const byte of random(4)) value = value * 256 + byte;
  return value / 2 ** 32;
}
