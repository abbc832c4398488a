import type { MaruClient } from '@maru/client';
import { eraseSearchIndex, openSearchIndex, type SearchIndex } from './search-index.ts';

/** After a change the index follows within so long. */
const FOLLOW_MS = 1_500;

interface Kept {
  readonly client: MaruClient;
  readonly index: Promise<SearchIndex | undefined>;
}

let kept: Kept | undefined;

/**
 * The index of who is signed in: from the first call on it follows what comes, and with the device's signing out it is
 * erased. `undefined` where the browser keeps nothing.
 */
export function searchIndexOf(client: MaruClient): Promise<SearchIndex | undefined> {
  if (kept?.client !== client) kept = { client, index: keep(client) };
  return kept.index;
}

async function keep(client: MaruClient): Promise<SearchIndex | undefined> {
  let index: SearchIndex;
  try {
    index = await openSearchIndex(client.user);
  } catch {
    // A private window, or a full disk: there is everything but the search through messages.
    return undefined;
  }
  // Signed out while it was opened: it was erased before it was there.
  if (client.connection.state === 'stopped') {
    index[Symbol.dispose]();
    await eraseSearchIndex(client.user);
    return undefined;
  }
  const end = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = async () => {
    timer = undefined;
    try {
      await index.follow(client, end.signal);
    } catch {
      // The next change tries again.
    }
  };
  const unsubscribe = client.subscribe(() => {
    const { connection } = client;
    if (connection.state === 'stopped' && connection.reason === 'signed-out') {
      end.abort();
      clearTimeout(timer);
      unsubscribe();
      index[Symbol.dispose]();
      void eraseSearchIndex(client.user);
    } else timer ??= setTimeout(() => void follow(), FOLLOW_MS);
  });
  timer = setTimeout(() => void follow(), 0);
  return index;
}
