import type { AccountSettings, Me } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import { ApiError, NetworkError } from '../errors.ts';
import type { Journal } from '../store/journal.ts';
import type { Api } from '../wire/api.ts';
import type { People } from './people.ts';

/** After a read that failed nobody who looks makes another before this. */
const RETRY_MS = 30_000;

export interface AccountBookDeps {
  readonly api: Pick<Api, 'getMe'>;
  readonly clock: Clock;
  readonly people: Pick<People, 'learn'>;
  readonly journal: Pick<Journal, 'add'>;
  readonly changed: () => void;
}

/**
 * The settings of the account as the server has them (`[PEOPLE10]`): read when somebody looks, and again when they look
 * after another device changed them, or after a time without a session, in which such a change may have got lost. They are
 * kept on the device, so that they are there before a server is.
 */
export class AccountBook {
  readonly #deps: AccountBookDeps;
  #known: AccountSettings | undefined;
  /** Whether they may have changed since they were read. */
  #isStale = true;
  /** How often they changed: what was asked for before a change says nothing of it. */
  #changes = 0;
  #isOnline = false;
  #reading: Promise<void> | undefined;
  #rest: Cancel | undefined;

  constructor(deps: AccountBookDeps, stored: AccountSettings | undefined) {
    this.#deps = deps;
    this.#known = stored;
  }

  get changes(): number {
    return this.#changes;
  }

  /** As far as they are known now. Reads them if that is needed, and tells by `changed`. */
  shown(): AccountSettings | undefined {
    if (this.#isStale && this.#isOnline && this.#rest === undefined) {
      this.load().catch((error: unknown) => {
        if (!(error instanceof ApiError || error instanceof NetworkError)) throw error;
        this.#rest = this.#deps.clock.after(RETRY_MS, () => {
          this.#rest = undefined;
        });
      });
    }
    return this.#known;
  }

  /** Resolves when they are known as the server has them. Rejects with `ApiError` or `NetworkError`. */
  load(): Promise<void> {
    if (!this.#isStale) return Promise.resolve();
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Another device changed something. */
  told(): void {
    this.#changes++;
    this.#isStale = true;
    this.#deps.changed();
  }

  /**
   * The server has taken a change of this device, and answered.
   *
   * @param asOf {@link changes} when it was sent
   */
  brought(change: Partial<AccountSettings>, { settings }: Pick<Me, 'settings'>, asOf: number): void {
    const isNewest = asOf === this.#changes;
    this.#changes++;
    if (isNewest) this.#isStale = false;
    if (isNewest) this.#keep(settings);
    else if (this.#known !== undefined) this.#keep({ ...this.#known, ...change });
  }

  /** As the tab that has the connection has stored them. */
  mirrorStored(settings: AccountSettings | undefined): void {
    this.#changes++;
    this.#known = settings;
    if (settings === undefined) this.#isStale = true;
    this.#deps.changed();
  }

  /** Another tab of this device has brought a change, or the server refused it. */
  mirror(change: Partial<AccountSettings>): void {
    this.#changes++;
    this.#isStale = true;
    if (this.#known !== undefined) this.#known = { ...this.#known, ...change };
  }

  online(): void {
    this.#isOnline = true;
    this.#isStale = true;
  }

  offline(): void {
    this.#isOnline = false;
    this.#rest?.();
    this.#rest = undefined;
  }

  erase(): void {
    if (this.#known !== undefined) this.#keep(undefined);
    this.#isStale = true;
  }

  #keep(settings: AccountSettings | undefined): void {
    this.#known = settings;
    this.#deps.journal.add({ kind: 'account-settings', settings });
  }

  async #read(): Promise<void> {
    for (let asOf = -1; asOf !== this.#changes; ) {
      asOf = this.#changes;
      const me = await this.#deps.api.getMe();
      this.#deps.people.learn([me]);
      if (asOf !== this.#changes) continue;
      this.#keep(me.settings);
      this.#isStale = false;
    }
    this.#deps.changed();
  }
}
