import type { RoomSnapshot } from '@maru/client';
import { useEffect, useRef, useState } from 'react';

/**
 * Behind which message the new ones begin: where the user was when they came, and again where they were when they looked
 * away. What they send themselves ends it: who answers has seen what was new.
 *
 * @param found where they were when they came
 */
export function useNewAfter(
  found: number | undefined,
  snapshot: Pick<RoomSnapshot, 'messages'>,
): number | undefined {
  const [after, setAfter] = useState(found);
  const last = snapshot.messages.at(-1);
  const newest = useRef(last?.seq ?? 0);
  newest.current = last?.seq ?? newest.current;
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'hidden') setAfter(newest.current);
      else setAfter((before) => (before === newest.current ? undefined : before));
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  const isOwn = last !== undefined && last.seq === undefined;
  useEffect(() => {
    if (isOwn) setAfter(undefined);
  }, [isOwn]);
  return after;
}
