import { searchQuery } from '@maru/protocol';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import type { SearchOpening } from '../state/search-opening.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { searchIndexOf } from './index-keeper.ts';
import type { Hit } from './search-index.ts';
import { placesFound, type Result } from './search-results.ts';

const HITS_MAX = 50;
/** While the index takes in more, the search is repeated. */
const AGAIN_MS = 1_000;

/** What a query finds, and since when messages are found at all. */
export function useSearch(text: string, { room }: SearchOpening) {
  const { t } = useTexts();
  const client = useClient();
  const rooms = useClientValue((current) => current.rooms);
  const wanted = useDeferredValue(text);
  const [found, setFound] = useState<{ for: string; hits: readonly Hit[]; since?: number }>();
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const index = await searchIndexOf(client);
      if (isOver) return;
      // Where the browser keeps nothing there is nothing to be found.
      if (index === undefined) return setFound({ for: wanted, hits: [] });
      const hits = await index.find(client, searchQuery(wanted), HITS_MAX, room);
      const since = await index.since(room);
      if (isOver) return;
      setFound({ for: wanted, hits, ...(since !== undefined && { since }) });
      timer = setTimeout(() => void look(), AGAIN_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, room, wanted]);
  const results = useMemo((): readonly Result[] => {
    const places = room === undefined && rooms !== undefined ? placesFound(client, wanted, t) : [];
    const hits = found?.for === wanted ? found.hits : [];
    return [
      ...places,
      ...hits.map((hit): Result => ({ kind: 'message', key: `${hit.room} ${hit.seq}`, hit })),
    ];
  }, [client, found, room, rooms, t, wanted]);
  return { results, since: found?.since, isDone: found?.for === wanted };
}
