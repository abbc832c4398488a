import type { Cancel, Clock } from '../../ports/clock.ts';
import { faultFields, type Logger } from '../../ports/logger.ts';
import { type KeyPair, KeyPairError, type KeyPairFiles, readKeyPair, validUntil } from './key-pair.ts';

/** How often the files are looked at. They are small, and a look at them is cheap. */
export const KEY_PAIR_CHECK_MS = 2_000;
/** So long before a certificate ends it should have been renewed; with less, that is said. */
const EXPIRES_SOON_MS = 7 * 24 * 3_600_000;

export interface WatchDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** Serves by the pair from now on. While it has not resolved, no other pair is tried. */
  readonly use: (pair: KeyPair) => Promise<void>;
}

/**
 * Looks whether the certificate or its key has changed, and takes the new pair into use once both have stayed as they
 * are from one look to the next: whoever renews them writes one after the other. A pair that can't be used is named in
 * the log, once, and the one in use stays. By content, because a renewed file may be another one behind the same
 * symbolic link (certbot) or under the same name (mv).
 */
export class KeyPairWatch implements Disposable {
  readonly #files: KeyPairFiles;
  readonly #deps: WatchDeps;
  /** What was tried last, and what was seen last. */
  #tried: string;
  #seen: string;
  /** When the certificate in use ends; `undefined` once that has been said. */
  #ends: number | undefined;
  /** `undefined`: it is over. */
  #next: Cancel | undefined;

  /** @param inUse the pair that is served by now, which has been looked at */
  constructor(files: KeyPairFiles, inUse: KeyPair, deps: WatchDeps) {
    this.#files = files;
    this.#deps = deps;
    this.#tried = textOf(inUse);
    this.#seen = this.#tried;
    this.#ends = validUntil(inUse, files);
    this.#later();
  }

  [Symbol.dispose](): void {
    this.#next?.();
    this.#next = undefined;
  }

  #later(): void {
    this.#next = this.#deps.clock.after(KEY_PAIR_CHECK_MS, () => void this.#turn());
  }

  async #turn(): Promise<void> {
    await this.#look();
    if (this.#next !== undefined) this.#later();
  }

  async #look(): Promise<void> {
    this.#warnOfEnd();
    const found = await this.#read();
    if (this.#next === undefined) return;
    const text = found instanceof KeyPairError ? found.message : textOf(found);
    const isSettled = text === this.#seen;
    this.#seen = text;
    if (!isSettled || text === this.#tried) return;
    this.#tried = text;
    await this.#try(found);
  }

  async #read(): Promise<KeyPair | KeyPairError> {
    try {
      return await readKeyPair(this.#files);
    } catch (error) {
      if (error instanceof KeyPairError) return error;
      throw error;
    }
  }

  async #try(found: KeyPair | KeyPairError): Promise<void> {
    const { log, use } = this.#deps;
    try {
      if (found instanceof KeyPairError) throw found;
      const ends = validUntil(found, this.#files);
      const taken = use(found);
      this.#ends = ends;
      log.info({ validUntil: new Date(ends).toISOString() }, 'a new certificate is in use');
      await taken;
    } catch (error) {
      const why = error instanceof KeyPairError ? { why: error.message } : faultFields(error);
      log.warn(why, 'the certificate has changed and can not be used: the one before stays in use');
    }
  }

  #warnOfEnd(): void {
    const { clock, log } = this.#deps;
    if (this.#ends === undefined || clock.now() < this.#ends - EXPIRES_SOON_MS) return;
    log.warn(
      { validUntil: new Date(this.#ends).toISOString() },
      'the certificate ends within a week, or has ended: renew it',
    );
    this.#ends = undefined;
  }
}

function textOf({ cert, key }: KeyPair): string {
  return `${cert}\0${key}`;
}
