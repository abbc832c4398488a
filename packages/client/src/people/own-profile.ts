import type { AccountSettings } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import { ApiError, ClientClosed, NetworkError } from '../errors.ts';
import type { Journal } from '../store/journal.ts';
import type { StoredState } from '../store/store.ts';
import type { Api } from '../wire/api.ts';
import { AccountBook } from './account-book.ts';
import type { People } from './people.ts';
import type { AccountChange, Person } from './person.ts';

/** A change that could not be brought to the server is tried again after this. */
const RETRY_MS = 5_000;

export interface OwnProfileDeps {
  readonly api: Pick<Api, 'getMe' | 'updateMe' | 'putAvatar' | 'deleteAvatar'>;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly people: People;
  readonly changed: () => void;
}

/**
 * What the user changes of their own profile, which is shown at once, and of their settings: kept until the server has it,
 * over a restart too. Of several changes of a field on their way only the last one counts.
 */
export class OwnProfile {
  readonly #deps: OwnProfileDeps;
  #pending: AccountChange | undefined;
  #waiting: PromiseWithResolvers<void>[] = [];
  readonly #account: AccountBook;
  /** The settings that were shown last, and what they were made of. */
  #settings: { readonly of: readonly unknown[]; readonly shown: AccountSettings } | undefined;
  #isOnline = false;
  #isSending = false;
  #retry: Cancel | undefined;
  /** What was shown last, so that the same is the same object. */
  #shown: { readonly known: Person; readonly pending: AccountChange; readonly person: Person } | undefined;

  constructor(
    deps: OwnProfileDeps,
    { profileChange, accountSettings }: Pick<StoredState, 'profileChange' | 'accountSettings'>,
  ) {
    this.#deps = deps;
    this.#pending = profileChange;
    this.#account = new AccountBook(deps, accountSettings);
  }

  /** The settings of the account, with what is on its way: the same object as before where nothing changed. */
  settings(): AccountSettings | undefined {
    const known = this.#account.shown();
    if (known === undefined || this.#pending === undefined) return known;
    const of = [known, this.#pending];
    if (this.#settings === undefined || this.#settings.of.some((part, index) => part !== of[index]))
      this.#settings = { of, shown: { ...known, ...settingsIn(this.#pending) } };
    return this.#settings.shown;
  }

  /** Reads the settings where they may have changed. Rejects with `ApiError` or `NetworkError`. */
  loadSettings(): Promise<void> {
    return this.#account.load();
  }

  /** Another device changed a setting. */
  settingsChanged(): void {
    this.#account.told();
  }

  /** The user as others will see them. */
  shown(known: Person | undefined): Person | undefined {
    if (known === undefined || this.#pending === undefined) return known;
    if (this.#shown?.known !== known || this.#shown.pending !== this.#pending) {
      const { name = known.name, status = known.status } = this.#pending;
      this.#shown = { known, pending: this.#pending, person: { ...known, name, status } };
    }
    return this.#shown.person;
  }

  /** Resolves when the server has it; rejects with `ApiError` where it is refused for good. */
  update(change: AccountChange): Promise<void> {
    const done = Promise.withResolvers<void>();
    // Whoever does not wait for it need not hear of it.
    done.promise.catch(() => undefined);
    this.#waiting.push(done);
    this.#keep({ ...this.#pending, ...change });
    void this.#send();
    return done.promise;
  }

  async setAvatar(image: Uint8Array<ArrayBuffer>): Promise<void> {
    // Seldom done, and nothing that a page has to fetch before it shows anything.
    const { avatarUpload } = await import('./avatar-upload.ts');
    const upload = avatarUpload(image);
    this.#deps.people.learn([await this.#deps.api.putAvatar({ upload })]);
  }

  async removeAvatar(): Promise<void> {
    this.#deps.people.learn([await this.#deps.api.deleteAvatar()]);
  }

  /** As the tab that has the connection has it: nothing any more where the server has said what becomes of it. */
  mirror(pending: AccountChange | undefined): void {
    const gone = Object.entries(this.#pending ?? {}).filter(([field]) => !(field in (pending ?? {})));
    if (gone.length > 0) this.#account.mirror(settingsIn(Object.fromEntries(gone)));
    this.#pending = pending;
    if (pending === undefined) for (const { resolve } of this.#waiting.splice(0)) resolve();
    this.#deps.changed();
  }

  /** The settings, as the tab that has the connection has stored them. */
  mirrorSettings(settings: AccountSettings | undefined): void {
    this.#account.mirrorStored(settings);
  }

  /** Another tab has the connection, or has it no more: what is changed is that tab's to bring. */
  follow(isOnline: boolean): void {
    if (isOnline) this.#account.online();
    else this.#account.offline();
  }

  online(): void {
    this.#isOnline = true;
    this.#account.online();
    void this.#send();
  }

  offline(): void {
    this.#isOnline = false;
    this.#account.offline();
    this.#retry?.();
    this.#retry = undefined;
  }

  erase(): void {
    if (this.#pending !== undefined) this.#keep(undefined);
    this.#account.erase();
    this.close();
  }

  close(): void {
    this.offline();
    for (const { reject } of this.#waiting.splice(0)) reject(new ClientClosed('the client is closed'));
  }

  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (this.#isOnline && this.#retry === undefined && this.#pending !== undefined) {
        const change = this.#pending;
        const waiting = this.#waiting;
        this.#waiting = [];
        const outcome = await this.#bring(change);
        if (outcome === 'later') this.#waiting.unshift(...waiting);
        else this.#settle(change, waiting, outcome === 'done' ? undefined : outcome);
      }
    } finally {
      this.#isSending = false;
    }
  }

  async #bring(change: AccountChange): Promise<'done' | 'later' | ApiError> {
    const { api, people, clock } = this.#deps;
    try {
      await this.#deps.journal.flush();
      const asOf = this.#account.changes;
      const me = await api.updateMe({ body: change });
      people.learn([me]);
      this.#account.brought(settingsIn(change), me, asOf);
      return 'done';
    } catch (error) {
      if (error instanceof ClientClosed) return 'later';
      if (error instanceof ApiError && !error.body.retryable) return error;
      if (!(error instanceof ApiError || error instanceof NetworkError)) throw error;
      const ms = (error instanceof ApiError ? error.body.retryAfterMs : undefined) ?? RETRY_MS;
      this.#retry = clock.after(ms, () => {
        this.#retry = undefined;
        void this.#send();
      });
      return 'later';
    }
  }

  /** What was brought is not pending any more, but for what was changed again meanwhile. */
  #settle(change: AccountChange, waiting: PromiseWithResolvers<void>[], refused: ApiError | undefined): void {
    const left = Object.entries(this.#pending ?? {}).filter(
      ([field, value]) => change[field as keyof AccountChange] !== value,
    );
    this.#keep(left.length === 0 ? undefined : Object.fromEntries(left));
    for (const { resolve, reject } of waiting) {
      if (refused === undefined) resolve();
      else reject(refused);
    }
  }

  #keep(pending: AccountChange | undefined): void {
    this.#pending = pending;
    this.#deps.journal.add({ kind: 'profile-change', change: pending });
    this.#deps.changed();
  }
}

function settingsIn({ name: _name, status: _status, ...settings }: AccountChange): Partial<AccountSettings> {
  return settings;
}
