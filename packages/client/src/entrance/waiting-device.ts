import { type DeviceRequest, type DeviceStanding, deviceLink, limits, type SignedIn } from '@maru/protocol';
import type { Environment } from '../environment.ts';
import { ApiError, NetworkError } from '../errors.ts';
import type { Api } from '../wire/api.ts';
import { fullJitterMs } from '../wire/backoff.ts';

/** The account whose device lets this one in: to be shown before the digits are asked for. */
export type Account = NonNullable<DeviceStanding['account']>;

interface WaitingDeps {
  readonly api: Pick<Api, 'waitForDevice' | 'claimDevice'>;
  readonly environment: Pick<Environment, 'clock' | 'random'>;
  readonly baseUrl: string;
}

/**
 * This device, while it waits to be let in by another (`[LINKDEV1]`): shows {@link code}, or {@link link} as a QR code,
 * waits until it is {@link confirmed}, asks the user for the digits that the other device shows, and signs in by
 * {@link claim}.
 */
export class WaitingDevice {
  /** For the other device's user to type. */
  readonly code: string;
  /** The same for a camera. */
  readonly link: string;
  /** By the server's clock. */
  readonly expiresAt: number;
  readonly #secret: string;
  readonly #deps: WaitingDeps;
  /** By the clock that doesn't jump. */
  readonly #deadline: number;

  constructor({ code, secret, link, expiresAt }: DeviceRequest, deps: WaitingDeps) {
    this.code = code;
    this.link = link ?? deviceLink(deps.baseUrl, code);
    this.expiresAt = expiresAt;
    this.#secret = secret;
    this.#deps = deps;
    this.#deadline = deps.environment.clock.monotonic() + limits.DEVICE_REQUEST_TTL_MS;
  }

  /**
   * Resolves when another device lets this one in. Waits through a network that is gone meanwhile; rejects with
   * `ApiError` (`device-request-invalid`) when the request was refused or is over, with `NetworkError` when there was no
   * network until then, and with the signal's reason.
   */
  async confirmed(signal?: AbortSignal): Promise<Account> {
    for (let failures = 0; ; ) {
      signal?.throwIfAborted();
      try {
        const body = { secret: this.#secret, waitMs: limits.DEVICE_WAIT_MS_MAX };
        const { account } = await this.#deps.api.waitForDevice({ body });
        signal?.throwIfAborted();
        if (account !== undefined) return account;
        failures = 0;
      } catch (error) {
        if (!isPassing(error) || this.#deps.environment.clock.monotonic() >= this.#deadline) throw error;
        await this.#pause(error, failures++);
      }
    }
  }

  /**
   * Signs in. Rejects with `ApiError`: `check-wrong` may be tried again while its `given` is below its `limit`; after
   * all else one begins anew, also after a `NetworkError`, because the token is given once.
   */
  claim(check: string): Promise<SignedIn> {
    return this.#deps.api.claimDevice({ body: { secret: this.#secret, check } });
  }

  #pause(error: unknown, failures: number): Promise<void> {
    const { clock, random } = this.#deps.environment;
    const asked = error instanceof ApiError ? (error.body.retryAfterMs ?? 0) : 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    clock.after(asked + fullJitterMs(failures, random), resolve);
    return promise;
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && error.body.retryable);
}
