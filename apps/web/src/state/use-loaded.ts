import { useEffect, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';

/** What a panel waits for: `value` once it is there, else, where it does not come, why. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly error: string | undefined;
}

/** Asks for something once. `load` is the same function as long as the same is wanted. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const { t } = useTexts();
  const [loaded, setLoaded] = useState<Loaded<T>>({ value: undefined, error: undefined });
  useEffect(() => {
    let isOver = false;
    const run = async () => {
      try {
        const value = await load();
        if (!isOver) setLoaded({ value, error: undefined });
      } catch (reason) {
        if (!isOver) setLoaded({ value: undefined, error: errorText(reason, t) });
      }
    };
    void run();
    return () => {
      isOver = true;
    };
  }, [load, t]);
  return loaded;
}
