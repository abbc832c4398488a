import type { MaruClient } from '@maru/client';
import { useSyncExternalStore } from 'react';
import { useClient } from './client-context.tsx';
import { pacedChanges } from './paced-changes.ts';

/**
 * Something of the client, anew whenever it changes, at most once a frame. `read` gives the same object as long as nothing
 * in it changed, as all snapshots of the client do; it may close over what the component was given.
 */
export function useClientValue<T>(read: (client: MaruClient) => T): T {
  const client = useClient();
  return useSyncExternalStore(pacedChanges(client).subscribe, () => read(client));
}
