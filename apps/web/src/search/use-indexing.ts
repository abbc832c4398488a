import { useEffect } from 'react';
import { useClient } from '../state/client-context.tsx';

/** What is said is taken into the index once the first screen has been there for so long; so often its code is asked for. */
const INDEX_AFTER_MS = 5_000;

/** Takes what is said into the index, as long as somebody is signed in. */
export function useIndexing(): void {
  const client = useClient();
  useEffect(() => {
    const begin = async () => {
      const { searchIndexOf } = await import('./index-keeper.ts');
      clearInterval(timer);
      await searchIndexOf(client);
    };
    // Where there is no server at the moment, it is asked again.
    const timer = setInterval(() => begin().catch(() => undefined), INDEX_AFTER_MS);
    return () => clearInterval(timer);
  }, [client]);
}
