import { useEffect } from 'react';
import { useClient } from './client-context.tsx';

/** Without a key or a touch for so long, nobody is at the device. */
const AWAY_AFTER_MS = 5 * 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'] as const;

/** Tells others whether somebody is at this page: it is in sight, and was touched lately. */
export function useOwnPresence(): void {
  const client = useClient();
  useEffect(() => {
    let touchedAt = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      const leftMs = touchedAt + AWAY_AFTER_MS - performance.now();
      const isHere = document.visibilityState === 'visible' && leftMs > 0;
      client.setPresence(isHere ? 'active' : 'away');
      clearTimeout(timer);
      if (isHere) timer = setTimeout(tell, leftMs);
    };
    const touched = () => {
      const wasAway = performance.now() - touchedAt >= AWAY_AFTER_MS;
      touchedAt = performance.now();
      if (wasAway) tell();
    };
    for (const sign of SIGNS) window.addEventListener(sign, touched, { passive: true });
    document.addEventListener('visibilitychange', tell);
    tell();
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, touched);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [client]);
}
