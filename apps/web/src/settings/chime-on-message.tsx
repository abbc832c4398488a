import type { RoomId } from '@maru/protocol';
import { useEffect, useRef } from 'react';
import { useClient } from '../state/client-context.tsx';
import { usePreferences } from '../state/preferences.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { chimeOnce, isLookedAt, useSayLookedAt } from './chime-once.ts';
import { hasNews, type IsQuiet, type Known, knownAfter } from './news.ts';

/**
 * Lets a message be heard that came into a conversation which is not muted, and at which nobody looks. Requests of
 * strangers are silent.
 */
export function ChimeOnMessage({ open }: { readonly open: RoomId | undefined }) {
  const client = useClient();
  const { sound } = usePreferences();
  // What is caught up with is old.
  const rooms = useClientValue((one) => (one.connection.state === 'online' ? one.rooms : undefined));
  const requests = useClientValue((one) => one.requests);
  const last = useRef<Known>(undefined);
  useSayLookedAt();
  useEffect(() => {
    const known = last.current;
    // A request that is accepted brings nothing new.
    last.current = rooms && knownAfter(known, [...rooms, ...requests]);
    if (!sound || rooms === undefined || known === undefined) return;
    const isQuiet: IsQuiet = (sender) => sender === client.user || client.isBlocked(sender);
    const isHeard = rooms.some(
      (room) => (room.room !== open || !isLookedAt()) && hasNews(room, known, isQuiet),
    );
    if (isHeard) void chimeOnce();
  }, [client, open, requests, rooms, sound]);
  return null;
}
