import { limits, type Profile, type UserId } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import { ApiError, NetworkError } from '../errors.ts';
import type { Journal } from '../store/journal.ts';
import type { Api } from '../wire/api.ts';
import { type Person, personOf } from './person.ts';

/** After each reconnect, and this long after the last time, those who are shown are asked for again (`[PEOPLE3]`). */
const REFRESH_MS = 600_000;
/** So that the devices that a server lost at once don't ask at once. */
const REFRESH_JITTER_MS = 5_000;
/** After a try that failed. */
const REFRESH_RETRY_MS = 30_000;
/** People who are asked for again: those who were shown last. */
const REFRESHED_MAX = limits.LOOK_UP_PEOPLE_MAX;
/** People whom a device keeps. Beyond that it forgets those who were not shown for longest. */
const PEOPLE_KEPT_MAX = 5_000;

export interface PeopleDeps {
  readonly api: Pick<Api, 'getUsers'>;
  readonly clock: Clock;
  /** A random number in [0, 1). */
  readonly fraction: () => number;
  readonly journal: Journal;
  /** These are known otherwise than before. */
  readonly changed: (users: ReadonlySet<UserId>) => void;
}

/**
 * The people whom the device knows, durable: names are there before a server is. What the server says live is taken as
 * it comes; who is shown is asked for again after each reconnect, and from time to time, as bigger rooms tell of nobody.
 */
export class People {
  readonly #deps: PeopleDeps;
  readonly #people: Map<UserId, Person>;
  /** Who was shown, the latest last. */
  readonly #shown = new Set<UserId>();
  /** Of whom the server has said, since the last refresh, how they are. */
  readonly #checked = new Set<UserId>();
  #list: readonly Person[] | undefined;
  #isOnline = false;
  #refresh: Cancel | undefined;

  constructor(deps: PeopleDeps, stored: readonly Person[]) {
    this.#deps = deps;
    this.#people = new Map(stored.map((person) => [person.user, person]));
  }

  /** Everybody who is known: the same list as before where nothing changed. */
  get list(): readonly Person[] {
    this.#list ??= [...this.#people.values()];
    return this.#list;
  }

  /** Somebody, for showing. */
  shown(user: UserId): Person | undefined {
    this.#shown.delete(user);
    this.#shown.add(user);
    if (this.#isOnline && this.#refresh === undefined) this.#refreshSoon();
    return this.#people.get(user);
  }

  get(user: UserId): Person | undefined {
    return this.#people.get(user);
  }

  /** What the server has just said of people. */
  learn(profiles: Iterable<Profile>): void {
    const changed = new Set<UserId>();
    for (const profile of profiles) {
      this.#checked.add(profile.user);
      const known = this.#people.get(profile.user);
      if (known !== undefined && known.changedAt >= profile.changedAt) continue;
      this.#put(personOf(profile));
      changed.add(profile.user);
    }
    this.#told(changed);
  }

  /**
   * Asks for those of whom nothing was heard since the last refresh; of those who are known only what changed comes.
   * @throws ApiError, NetworkError
   */
  async lookUp(users: Iterable<UserId>): Promise<void> {
    const wanted = [...new Set(users)].filter((user) => !this.#checked.has(user));
    for (let from = 0; from < wanted.length; from += limits.LOOK_UP_PEOPLE_MAX) {
      await this.#ask(wanted.slice(from, from + limits.LOOK_UP_PEOPLE_MAX));
    }
  }

  online(): void {
    this.#isOnline = true;
    this.#checked.clear();
    if (this.#shown.size > 0) this.#refreshSoon();
  }

  offline(): void {
    this.#isOnline = false;
    this.#refresh?.();
    this.#refresh = undefined;
  }

  /** Nobody is known any more. */
  erase(): void {
    const users = [...this.#people.keys()];
    this.#people.clear();
    this.#shown.clear();
    this.#checked.clear();
    this.#deps.journal.add({ kind: 'forget-people', users });
    this.#told(new Set(users));
  }

  async #ask(users: readonly UserId[]): Promise<void> {
    const before = users.map((user) => this.#people.get(user));
    const known = before.map((person) => person?.changedAt ?? 0);
    const answer = await this.#deps.api.getUsers({ body: { users: [...users], known } });
    // What came live meanwhile is newer than an answer that may have been read before it. But a server that was restored
    // from a backup has gone back, and is right.
    const asKnown = new Map(users.map((user, index) => [user, before[index]]));
    const changed = new Set<UserId>();
    for (const profile of answer.users) {
      const now = this.#people.get(profile.user);
      const isAsAsked = now === asKnown.get(profile.user);
      if (!isAsAsked && now !== undefined && now.changedAt >= profile.changedAt) continue;
      this.#put(personOf(profile));
      changed.add(profile.user);
    }
    for (const user of users) this.#checked.add(user);
    const gone = answer.gone.filter((user) => this.#people.delete(user));
    if (gone.length > 0) this.#deps.journal.add({ kind: 'forget-people', users: gone });
    for (const user of gone) changed.add(user);
    this.#told(changed);
  }

  /** As the tab that has the connection knows somebody. */
  mirror(person: Person): void {
    this.#put(person);
    this.#told(new Set([person.user]));
  }

  forget(users: readonly UserId[]): void {
    for (const user of users) this.#people.delete(user);
    this.#told(new Set(users));
  }

  #put(person: Person): void {
    this.#people.delete(person.user);
    this.#people.set(person.user, person);
    this.#deps.journal.add({ kind: 'person', person });
  }

  #told(changed: ReadonlySet<UserId>): void {
    if (changed.size === 0) return;
    this.#forgetBeyond();
    this.#list = undefined;
    this.#deps.changed(changed);
  }

  #forgetBeyond(): void {
    let beyond = this.#people.size - PEOPLE_KEPT_MAX;
    if (beyond <= 0) return;
    const users: UserId[] = [];
    for (const user of this.#people.keys()) {
      if (beyond === 0) break;
      if (this.#shown.has(user)) continue;
      beyond--;
      users.push(user);
    }
    for (const user of users) this.#people.delete(user);
    this.#deps.journal.add({ kind: 'forget-people', users });
  }

  #refreshSoon(): void {
    this.#refreshIn(this.#deps.fraction() * REFRESH_JITTER_MS);
  }

  #refreshIn(ms: number): void {
    this.#refresh?.();
    this.#refresh = this.#deps.clock.after(ms, () => {
      this.#checked.clear();
      this.#refreshIn(REFRESH_MS);
      this.lookUp([...this.#shown].slice(-REFRESHED_MAX)).catch((error: unknown) => {
        if (!(error instanceof ApiError || error instanceof NetworkError)) throw error;
        if (this.#isOnline) this.#refreshIn(REFRESH_RETRY_MS);
      });
    });
  }
}
