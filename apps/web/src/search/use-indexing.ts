import { useEffect } from 'react';
import { useClient } from '../state/client-context.tsx';

/** What is said is taken into the index once the first screen has been there for so long. */
const INDEX_AFTER_MS = 5_000;

/** Takes what is said into the index, as long as somebody is signed in. */
export function useIndexing(): void {
  const client = useClient();
  useEffect(() => {
    const begin = async () => (await import('./index-keeper.ts')).searchIndexOf(client);
    const timer = setTimeout(() => void begin(), INDEX_AFTER_MS);
    return () => clearTimeout(timer);
  }, [client]);
}
