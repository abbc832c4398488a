import { ApiError, Disconnected, type MaruClient, NetworkError } from '@maru/client';
import type { UserId } from '@maru/protocol';
import type { Person } from './state/world.ts';

/** After a failure nobody is asked for during this time. */
const PAUSE_MS = 5_000;

type PeopleClient = Pick<MaruClient, 'connection' | 'people' | 'person' | 'lookUp'>;

/** Sees to it that those on the screen are known. The SDK keeps them, so that a start without a server shows names. */
export class PeopleBook {
  readonly #client: PeopleClient;
  readonly #changed: () => void;
  /** Of whom nothing is known, though they were asked for. */
  readonly #asked = new Set<UserId>();
  #asking = false;
  /** Whether the first connection was made or failed. Until then names that are not known may still come. */
  #begun = false;
  #coming = false;
  #pausedUntil = 0;
  #list: MaruClient['people'];
  #version = 0;

  constructor(client: PeopleClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
    this.#list = client.people;
  }

  /** Rises when somebody became known, or changed. */
  get version(): number {
    const { people } = this.#client;
    if (people !== this.#list) {
      this.#list = people;
      this.#version++;
    }
    return this.#version;
  }

  person(user: UserId): Person | undefined {
    return this.#client.person(user);
  }

  all(): readonly Person[] {
    return this.#client.people;
  }

  /** Whether names are on their way. */
  get asking(): boolean {
    return this.#asking || this.#coming;
  }

  /**
   * These are on the screen: those who are not known are asked for, also while the rooms still come. Who is known the SDK
   * keeps up to date.
   */
  need(users: Iterable<UserId>): void {
    const { state } = this.#client.connection;
    if (state === 'online' || state === 'waiting' || state === 'stopped') this.#begun = true;
    const wanted = [...new Set(users)].filter(
      (user) => !this.#asked.has(user) && this.#client.person(user) === undefined,
    );
    this.#coming = !this.#begun && wanted.length > 0;
    const isThere = state === 'syncing' || state === 'online';
    if (this.#asking || !isThere || wanted.length === 0 || Date.now() < this.#pausedUntil) return;
    void this.#ask(wanted);
  }

  async #ask(users: readonly UserId[]): Promise<void> {
    this.#asking = true;
    for (const user of users) this.#asked.add(user);
    try {
      await this.#client.lookUp(users);
    } catch (error) {
      const passing =
        error instanceof NetworkError || error instanceof Disconnected || error instanceof ApiError;
      if (!passing) throw error;
      for (const user of users) this.#asked.delete(user);
      this.#pausedUntil = Date.now() + PAUSE_MS;
    } finally {
      this.#asking = false;
    }
    this.#changed();
  }
}
