import { type OpenDBCallbacks, openDB } from 'idb';
import type { StoreFailed } from '../store/store-failed.ts';
import { type Database, type Schema, STEPS, type Step } from './indexed-db-schema.ts';
import { asStoreFailed, storeFailed } from './store-fault.ts';

/** So long tabs of an earlier version may take to let go of the database. */
const BLOCKED_MS_MAX = 5_000;

export interface OpenDatabaseOptions {
  /** What the database can't be used for any more, once it is open. */
  readonly failed: (error: StoreFailed) => void;
  readonly blockedMs?: number;
  /** What makes the database, a step a version. */
  readonly steps?: readonly Step[];
}

/**
 * Opens the database of this version, made or brought up to date where it is not.
 *
 * @throws StoreFailed
 */
export async function openDatabase(
  name: string,
  { failed, blockedMs = BLOCKED_MS_MAX, steps = STEPS }: OpenDatabaseOptions,
): Promise<Database> {
  const held = Promise.withResolvers<never>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGivenUp = false;
  const callbacks: OpenDBCallbacks<Schema> = {
    upgrade: (database, version) => {
      for (const step of steps.slice(version)) step(database);
    },
    blocked: () => {
      timer = setTimeout(() => held.reject(storeFailed('in-use')), blockedMs);
    },
    // A later version waits for this one: it gets the database at once.
    blocking: (_version, _newVersion, event) => {
      (event.target as unknown as Pick<Database, 'close'>).close();
      failed(storeFailed('outdated'));
    },
    terminated: () => failed(storeFailed('lost')),
  };
  // Some browsers throw at once where nothing may be kept, or have no databases at all then.
  const opening = (async () => openDB<Schema>(name, steps.length, callbacks))();
  // Nobody waits for it any more, and it would be in the way of others.
  opening.then((database) => isGivenUp && database.close()).catch(() => undefined);
  try {
    return await Promise.race([opening, held.promise]);
  } catch (error) {
    isGivenUp = true;
    throw asStoreFailed(error, 'denied');
  } finally {
    clearTimeout(timer);
  }
}
