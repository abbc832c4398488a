import { useCallback, useEffect, useRef, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';

interface Page<T, N> {
  readonly items: readonly T[];
  readonly next?: N | undefined;
}

/** A list that the server gives a page at a time. `ask` is the same function as long as the list is the same. */
export function usePages<T, N>(ask: (after: N | undefined) => Promise<Page<T, N>>) {
  const { t } = useTexts();
  const [page, setPage] = useState<Page<T, N>>();
  const [error, setError] = useState<string>();
  /** Rises with each question: of what was asked before another one nobody waits. */
  const turn = useRef(0);
  const load = useCallback(
    async (after: N | undefined) => {
      const mine = ++turn.current;
      try {
        const { items, next } = await ask(after);
        if (mine !== turn.current) return;
        setPage((before) => ({
          items: [...(after === undefined ? [] : (before?.items ?? [])), ...items],
          next,
        }));
        setError(undefined);
      } catch (reason) {
        if (mine === turn.current) setError(errorText(reason, t));
      }
    },
    [ask, t],
  );
  useEffect(() => void load(undefined), [load]);
  return {
    items: page?.items,
    error,
    reload: () => void load(undefined),
    showMore: page?.next === undefined ? undefined : () => void load(page.next),
  };
}
