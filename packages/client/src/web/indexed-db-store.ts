import {
  type AccountSettings,
  type Cursor,
  type Event,
  event as eventSchema,
  type RoomId,
} from '@maru/protocol';
import { NOTHING_SCHEDULED, type ScheduledList } from '../later/scheduled-list.ts';
import type { OwnRecord } from '../own/own-record.ts';
import type { AccountChange } from '../people/person.ts';
import type { Identity, StoreChange, StoredState } from '../store/store.ts';
import type { StoreFailed } from '../store/store-failed.ts';
import type { Act } from '../tabs/act.ts';
import type { GivenActs, SharedStore, StoredAt } from '../tabs/shared-store.ts';
import { ChangeWriter, eventKeys, OWN } from './change-writer.ts';
import type { Database, StoreName, Writing } from './indexed-db-schema.ts';
import { openDatabase } from './open-database.ts';
import { asStoreFailed, storeFailed } from './store-fault.ts';

const STATE: StoreName[] = ['device', 'rooms', 'outbox', 'lastIds', 'people'];
const CHANGED: StoreName[] = [...STATE, 'events'];
const WITH_GIVEN: StoreName[] = [...CHANGED, 'given'];

/** The key of {@link Lead}. */
const LEAD = 'lead';

interface Lead {
  readonly tab: string | undefined;
  readonly version: number;
}

const NOBODY: Lead = { tab: undefined, version: 0 };

/** What nobody else could tell again if it were lost: it is on the disk before `apply` resolves. */
const OWN_WORDS: readonly StoreChange['kind'][] = ['identity', 'outbox', 'last-id', 'own', 'profile-change'];

export interface IndexedDbStoreOptions {
  /** The database's name: one a device. */
  readonly name: string;
  /** The database can't be used any more, while nothing was asked of it. */
  readonly onFailed?: (error: StoreFailed) => void;
}

/**
 * A store in a browser's IndexedDB, made if it is missing. Events are checked as they are read; the other rows are this
 * program's own, of this version. All that it throws and rejects with is `StoreFailed`.
 *
 * @throws StoreFailed
 */
export async function openIndexedDbStore(options: IndexedDbStoreOptions): Promise<SharedStore> {
  let failure: StoreFailed | undefined;
  const failed = (error: StoreFailed) => {
    failure = error;
    options.onFailed?.(error);
  };
  const database = await openDatabase(options.name, { failed });
  return new IndexedDbStore(database, () => failure);
}

class IndexedDbStore implements SharedStore {
  readonly #database: Database;
  readonly #failure: () => StoreFailed | undefined;
  /** Of people, the highest so far. */
  #place = 0;

  /** @param failure why the database can't be used any more, where that is known */
  constructor(database: Database, failure: () => StoreFailed | undefined) {
    this.#database = database;
    this.#failure = failure;
  }

  async load(): Promise<StoredState> {
    return (await this.loadAt()).state;
  }

  loadAt(): Promise<StoredAt> {
    return this.#orFail(async () => {
      const reading = this.#database.transaction(WITH_GIVEN, 'readonly');
      const device = reading.objectStore('device');
      const lastIds = reading.objectStore('lastIds');
      const [names, values, rooms, outbox, inRooms, ids, people, given] = await Promise.all([
        device.getAllKeys(),
        device.getAll(),
        reading.objectStore('rooms').getAll(),
        reading.objectStore('outbox').getAll(),
        lastIds.getAllKeys(),
        lastIds.getAll(),
        reading.objectStore('people').getAll(),
        givenIn(reading.objectStore('given')),
      ]);
      const kept = new Map(names.map((name, index) => [name, values[index]]));
      people.sort((a, b) => a.place - b.place);
      this.#place = people.at(-1)?.place ?? 0;
      return {
        given,
        version: ((kept.get(LEAD) as Lead | undefined) ?? NOBODY).version,
        state: {
          identity: kept.get('identity') as Identity | undefined,
          cursor: kept.get('cursor') as Cursor | undefined,
          rooms,
          outbox: outbox.sort((a, b) => a.order - b.order),
          lastIds: new Map(inRooms.flatMap((room, index) => pair(room, ids[index]))),
          own: [...kept].flatMap(([name, value]) => (name.startsWith(OWN) ? [value as OwnRecord] : [])),
          people: people.map(({ person }) => person),
          profileChange: kept.get('profile-change') as AccountChange | undefined,
          accountSettings: kept.get('account-settings') as AccountSettings | undefined,
          scheduled: (kept.get('scheduled') as ScheduledList | undefined) ?? NOTHING_SCHEDULED,
        },
      };
    });
  }

  apply(changes: readonly StoreChange[]): Promise<void> {
    return this.#write(CHANGED, changes, async () => undefined);
  }

  lead(tab: string): Promise<number> {
    return this.#write(['device'], [], async (writing) => {
      const device = writing.objectStore('device');
      const { version } = ((await device.get(LEAD)) as Lead | undefined) ?? NOBODY;
      await device.put({ tab, version: version + 1 }, LEAD);
      return version + 1;
    });
  }

  change(tab: string, changes: readonly StoreChange[], carriedOut: readonly number[]): Promise<number> {
    const names = carriedOut.length === 0 ? CHANGED : WITH_GIVEN;
    return this.#write(names, changes, async (writing) => {
      const device = writing.objectStore('device');
      const lead = ((await device.get(LEAD)) as Lead | undefined) ?? NOBODY;
      if (lead.tab !== tab) throw storeFailed('taken-over');
      const done = carriedOut.map((key) => writing.objectStore('given').delete(key));
      await Promise.all([device.put({ tab, version: lead.version + 1 }, LEAD), ...done]);
      return lead.version + 1;
    });
  }

  give(acts: readonly Act[]): Promise<void> {
    return this.#orFail(async () => {
      const writing = this.#database.transaction(['given'], 'readwrite', { durability: 'strict' });
      await Promise.all([writing.objectStore('given').add(acts), writing.done]);
    });
  }

  given(): Promise<readonly GivenActs[]> {
    return this.#orFail(async () =>
      givenIn(this.#database.transaction(['given'], 'readonly').objectStore('given')),
    );
  }

  events(room: RoomId, from: number, to: number): Promise<Event[]> {
    return this.#orFail(async () => {
      // IndexedDB takes no empty range.
      if (to < from) return [];
      const rows = await this.#database.getAll('events', eventKeys(room, from, to));
      return rows.map(({ event }) => eventSchema.parse(event));
    });
  }

  nextExpiry(): Promise<number | undefined> {
    return this.#orFail(async () => {
      const expires = this.#database
        .transaction(['events'], 'readonly')
        .objectStore('events')
        .index('expires');
      return (await expires.openKeyCursor())?.key;
    });
  }

  async close(): Promise<void> {
    // Ends when the transactions under way have.
    this.#database.close();
  }

  /** One transaction: all of `changes` and what else is done, or nothing. */
  #write<T>(
    names: StoreName[],
    changes: readonly StoreChange[],
    also: (writing: Writing) => Promise<T>,
  ): Promise<T> {
    return this.#orFail(async () => {
      const durability = changes.some(({ kind }) => OWN_WORDS.includes(kind)) ? 'strict' : 'relaxed';
      const writing = this.#database.transaction(names, 'readwrite', { durability });
      try {
        const writer = new ChangeWriter(writing, () => ++this.#place);
        const [result] = await Promise.all([also(writing), writeAll(writer, changes)]);
        await writing.done;
        return result;
      } catch (error) {
        // What failed may not have been a request, and then the rest would be stored.
        abort(writing);
        const aborted = await writing.done.then(
          () => undefined,
          (cause: unknown) => cause,
        );
        // Of a request that a full disk has ended only the transaction knows why.
        throw error instanceof DOMException && error.name === 'AbortError' ? (aborted ?? error) : error;
      }
    });
  }

  async #orFail<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw this.#failure() ?? asStoreFailed(error, 'lost');
    }
  }
}

async function givenIn(given: {
  getAllKeys(): Promise<number[]>;
  getAll(): Promise<(readonly Act[])[]>;
}): Promise<GivenActs[]> {
  const [keys, acts] = await Promise.all([given.getAllKeys(), given.getAll()]);
  return acts.flatMap((some, index) => pair(keys[index], some).map(([key]) => ({ key, acts: some })));
}

async function writeAll(writer: ChangeWriter, changes: readonly StoreChange[]): Promise<void> {
  for (const change of changes) await writer.change(change);
}

function pair<K, V>(key: K | undefined, value: V | undefined): [K, V][] {
  return key === undefined || value === undefined ? [] : [[key, value]];
}

function abort(writing: Writing): void {
  try {
    writing.abort();
  } catch {
    // It has ended by itself.
  }
}
