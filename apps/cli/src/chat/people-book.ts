import { ApiError, Disconnected, type MaruClient, NetworkError } from '@maru/client';
import { type UserId, userId } from '@maru/protocol';
import * as z from 'zod';
import type { ProfileFolder } from '../profile/profile.ts';
import type { Person } from './state/world.ts';

const FILE = 'names.json';
const SAVE_MS = 1_000;
const namesSchema = z.record(
  userId,
  z.object({ handle: z.string().optional(), name: z.string().optional() }),
);

type PeopleClient = Pick<MaruClient, 'connection' | 'person' | 'lookUp'>;

/** Names of people: the SDK's where it has learnt them, else those of the last time, so that a start without a server shows them. */
export class PeopleBook {
  readonly #client: PeopleClient;
  readonly #folder: ProfileFolder;
  readonly #changed: () => void;
  readonly #stored: Map<UserId, Person>;
  readonly #asked = new Set<UserId>();
  #asking = false;
  #saving: NodeJS.Timeout | undefined;
  /** Rises when a name became known. */
  version = 0;

  constructor(client: PeopleClient, folder: ProfileFolder, changed: () => void) {
    this.#client = client;
    this.#folder = folder;
    this.#changed = changed;
    const stored = namesSchema.safeParse(folder.readJson(FILE)).data ?? {};
    this.#stored = new Map(
      (Object.entries(stored) as [UserId, { handle?: string; name?: string }][]).map(
        ([user, { handle, name }]) => [user, { user, handle, name }],
      ),
    );
  }

  person(user: UserId): Person | undefined {
    return this.#client.person(user) ?? this.#stored.get(user);
  }

  all(): readonly Person[] {
    return [...this.#stored.values()];
  }

  /** Whether names are on their way. */
  get asking(): boolean {
    return this.#asking;
  }

  /** These are on the screen: those of whom nothing was learnt in this run are asked for. */
  need(users: Iterable<UserId>): void {
    if (this.#asking || this.#client.connection.state !== 'online') return;
    const wanted = [...new Set(users)].filter((user) => !this.#asked.has(user));
    if (wanted.length === 0) return;
    this.#asking = true;
    void this.#ask(wanted);
  }

  async #ask(users: readonly UserId[]): Promise<void> {
    for (const user of users) this.#asked.add(user);
    try {
      await this.#client.lookUp(users);
    } catch (error) {
      const passing =
        error instanceof NetworkError || error instanceof Disconnected || error instanceof ApiError;
      if (!passing) throw error;
      for (const user of users) this.#asked.delete(user);
    } finally {
      this.#asking = false;
    }
    this.learnt(users);
    this.#changed();
  }

  /** The SDK knows these by now. */
  learnt(users: Iterable<UserId>): void {
    let news = false;
    for (const user of users) {
      const person = this.#client.person(user);
      const known = this.#stored.get(user);
      if (person === undefined || (known?.name === person.name && known?.handle === person.handle)) continue;
      this.#stored.set(user, { ...person });
      news = true;
    }
    if (!news) return;
    this.version++;
    this.#saving ??= setTimeout(() => this.save(), SAVE_MS);
    this.#changed();
  }

  save(): void {
    if (this.#saving === undefined) return;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const names = [...this.#stored].map(([user, { handle, name }]) => [user, { handle, name }]);
    try {
      this.#folder.writeJson(FILE, Object.fromEntries(names));
    } catch {
      // They are asked for again the next time. Whether the disk is full is found where it matters.
    }
  }
}
