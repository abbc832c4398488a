import { deleteDB } from 'idb';
import { draftsOf } from '../tabs/draft-log.ts';
import { keepNote, keptNotes } from './notes.ts';

/**
 * Deletes a device's store with everything in it, and what its tabs keep beside it. Tabs that have it open lose it; the
 * promise waits for them. It rejects where the browser lets nobody at its stores, so that nothing is left there either.
 */
export function eraseStore(name: string): Promise<void> {
  for (const [tab] of keptNotes(draftsOf(name))) keepNote(draftsOf(name, tab), undefined);
  return deleteDB(name);
}
