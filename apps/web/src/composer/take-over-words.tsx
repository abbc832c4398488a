import { useEffect } from 'react';
import { useClient } from '../state/client-context.tsx';
import { takeLastWords } from './last-words.ts';

/** Takes over what pages have kept that ended while somebody wrote. */
export function TakeOverWords() {
  const client = useClient();
  useEffect(() => takeLastWords(client), [client]);
  return null;
}
