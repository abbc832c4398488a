import { type DeviceId, limits, type UserId } from '@maru/protocol';
import type { Cancel, Clock, Random } from '../../ports/clock.ts';
import type { Identity } from '../../ports/credentials.ts';
import { networkKey } from './address.ts';
import { hashCode, hashSecret, newDeviceCode, newPollSecret } from './secrets.ts';

/** Requests that are kept. Beyond that nobody begins one until others end: within five minutes. */
const REQUESTS_MAX = 10_000;
/** Of them from one network: a class of beginners behind one address. */
const REQUESTS_PER_NETWORK_MAX = 100;
const FULL_RETRY_AFTER_MS = 10_000;

/** What a device says of itself that wants in. */
export interface AskedDevice {
  readonly name: string;
  readonly device?: DeviceId | undefined;
  readonly credential: 'bearer' | 'cookie';
}

/** Who lets it in: a device, and what its account's password was then. */
export interface Confirmer extends Identity {
  readonly passwordHash: string | undefined;
  readonly handle: string;
  readonly name: string;
}

type Standing =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'confirmed'; readonly by: Confirmer; readonly check: string }
  /** The digits were right: nobody else gets the token. */
  | { readonly kind: 'taken'; readonly by: Confirmer; readonly device: DeviceId | undefined };

/** A device that waits to be let in. */
export interface OpenRequest {
  readonly asked: AskedDevice;
  /** From where it asked. */
  readonly address: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly standing: Standing;
}

interface Kept extends OpenRequest {
  readonly codeHash: string;
  readonly secretHash: string;
  /** By the clock that doesn't jump. */
  readonly deadline: number;
  standing: Standing;
  wrongChecks: number;
  /** Ends the wait of the answer that is held. */
  wake: (() => void) | undefined;
}

export type Opened =
  | { readonly kind: 'opened'; readonly code: string; readonly secret: string; readonly expiresAt: number }
  | { readonly kind: 'full'; readonly whose: 'network' | 'all'; readonly retryAfterMs: number };

export type Taken =
  | {
      readonly kind: 'taken';
      readonly asked: AskedDevice;
      readonly by: Confirmer;
      /** Says what came of it, so that who let it in can see that: the device that is signed in, or none. */
      settle(device: DeviceId | undefined): void;
    }
  | { readonly kind: 'wrong'; readonly tries: number }
  | { readonly kind: 'invalid' };

/**
 * Devices that wait to be let in by another (`[LINKDEV1]`). In memory, as tickets are: they live for five minutes, and
 * after a restart a device asks anew. Code and secret are kept as hashes.
 */
export class DeviceRequests {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #max: number;
  /** In the order in which they end. */
  readonly #byCode = new Map<string, Kept>();
  readonly #bySecret = new Map<string, Kept>();
  readonly #perNetwork = new Map<string, number>();

  constructor(clock: Clock, random: Random, max = REQUESTS_MAX) {
    this.#clock = clock;
    this.#random = random;
    this.#max = max;
  }

  open(asked: AskedDevice, address: string): Opened {
    this.#dropExpired();
    const network = networkKey(address);
    const ofNetwork = this.#perNetwork.get(network) ?? 0;
    const retryAfterMs = FULL_RETRY_AFTER_MS;
    if (ofNetwork >= REQUESTS_PER_NETWORK_MAX) return { kind: 'full', whose: 'network', retryAfterMs };
    if (this.#byCode.size >= this.#max) return { kind: 'full', whose: 'all', retryAfterMs };
    let code = newDeviceCode(this.#random);
    while (this.#byCode.has(hashCode(code))) code = newDeviceCode(this.#random);
    const secret = newPollSecret(this.#random);
    const askedAt = this.#clock.now();
    const kept: Kept = {
      asked,
      address,
      askedAt,
      expiresAt: askedAt + limits.DEVICE_REQUEST_TTL_MS,
      codeHash: hashCode(code),
      secretHash: hashSecret(secret),
      deadline: this.#clock.monotonic() + limits.DEVICE_REQUEST_TTL_MS,
      standing: { kind: 'waiting' },
      wrongChecks: 0,
      wake: undefined,
    };
    this.#byCode.set(kept.codeHash, kept);
    this.#bySecret.set(kept.secretHash, kept);
    this.#perNetwork.set(network, ofNetwork + 1);
    return { kind: 'opened', code, secret, expiresAt: kept.expiresAt };
  }

  /** What waits under this code, for `user`: nothing, once another's account has let it in. */
  look(code: string, user: UserId): OpenRequest | undefined {
    return this.#ofCode(code, user);
  }

  /** Gives the digits; the same where the account has let it in already. `undefined`: there is no such request. */
  confirm(code: string, by: Confirmer): { readonly check: string; readonly expiresAt: number } | undefined {
    const kept = this.#ofCode(code, by.user);
    if (kept === undefined || kept.standing.kind === 'taken') return undefined;
    if (kept.standing.kind === 'waiting') kept.standing = { kind: 'confirmed', by, check: this.#newCheck() };
    kept.wake?.();
    return { check: kept.standing.check, expiresAt: kept.expiresAt };
  }

  /** Ends a request, unless it has its token already. False: there is none. */
  refuse(code: string, user: UserId): boolean {
    const kept = this.#ofCode(code, user);
    if (kept === undefined || kept.standing.kind === 'taken') return false;
    this.#end(kept);
    return true;
  }

  /**
   * How the request stands, as soon as it is not `waiting` any more, or after `ms`, or when the same is asked again.
   * `undefined`: it is over.
   */
  async wait(secret: string, ms: number): Promise<OpenRequest | undefined> {
    const kept = this.#ofSecret(secret);
    if (kept?.standing.kind !== 'waiting' || ms === 0) return kept;
    kept.wake?.();
    const { promise, resolve } = Promise.withResolvers<void>();
    let cancel: Cancel | undefined;
    const wake = () => {
      cancel?.();
      if (kept.wake === wake) kept.wake = undefined;
      resolve();
    };
    kept.wake = wake;
    cancel = this.#clock.after(ms, wake);
    await promise;
    return this.#ofSecret(secret);
  }

  /** What the device said that has this secret. */
  asked(secret: string): AskedDevice | undefined {
    return this.#ofSecret(secret)?.asked;
  }

  /** Uses a request up: who comes second gets nothing, whatever comes of it. */
  take(secret: string, check: string): Taken {
    const kept = this.#ofSecret(secret);
    if (kept?.standing.kind !== 'confirmed') return { kind: 'invalid' };
    const { by } = kept.standing;
    if (kept.standing.check !== check) {
      kept.wrongChecks++;
      if (kept.wrongChecks >= limits.DEVICE_CHECK_TRIES_MAX) this.#end(kept);
      return { kind: 'wrong', tries: kept.wrongChecks };
    }
    kept.standing = { kind: 'taken', by, device: undefined };
    this.#bySecret.delete(kept.secretHash);
    const settle = (device: DeviceId | undefined) => {
      if (device === undefined) this.#end(kept);
      else kept.standing = { kind: 'taken', by, device };
    };
    return { kind: 'taken', asked: kept.asked, by, settle };
  }

  /** These devices let nobody in any more (`[LINKDEV5]`). */
  forget(devices: readonly DeviceId[]): void {
    if (this.#byCode.size === 0) return;
    const gone = new Set(devices);
    for (const kept of this.#byCode.values())
      if (kept.standing.kind === 'confirmed' && gone.has(kept.standing.by.device)) this.#end(kept);
  }

  /** Answers all that is held: the server stops. */
  close(): void {
    for (const kept of this.#byCode.values()) kept.wake?.();
  }

  #ofCode(code: string, user: UserId): Kept | undefined {
    const kept = this.#live(this.#byCode.get(hashCode(code)));
    return kept === undefined || kept.standing.kind === 'waiting' || kept.standing.by.user === user
      ? kept
      : undefined;
  }

  #ofSecret(secret: string): Kept | undefined {
    return this.#live(this.#bySecret.get(hashSecret(secret)));
  }

  #live(kept: Kept | undefined): Kept | undefined {
    return kept !== undefined && kept.deadline > this.#clock.monotonic() ? kept : undefined;
  }

  #end(kept: Kept): void {
    if (!this.#byCode.delete(kept.codeHash)) return;
    this.#bySecret.delete(kept.secretHash);
    const network = networkKey(kept.address);
    const left = (this.#perNetwork.get(network) ?? 1) - 1;
    if (left === 0) this.#perNetwork.delete(network);
    else this.#perNetwork.set(network, left);
    kept.wake?.();
  }

  #dropExpired(): void {
    const now = this.#clock.monotonic();
    for (const kept of this.#byCode.values()) {
      if (kept.deadline > now) return;
      this.#end(kept);
    }
  }

  #newCheck(): string {
    const { buffer, byteOffset } = this.#random.bytes(4);
    const value = new DataView(buffer, byteOffset).getUint32(0) % 10 ** limits.DEVICE_CHECK_DIGITS;
    return String(value).padStart(limits.DEVICE_CHECK_DIGITS, '0');
  }
}
