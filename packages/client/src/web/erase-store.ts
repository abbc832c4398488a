import { deleteDB } from 'idb';

/**
 * Deletes a device's store with everything in it. Tabs that have it open lose it; the promise waits for them. It rejects
 * where the browser lets nobody at its stores, so that nothing is left there either.
 */
export function eraseStore(name: string): Promise<void> {
  return deleteDB(name);
}
