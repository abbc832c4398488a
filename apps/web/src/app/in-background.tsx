import type { RoomId } from '@maru/protocol';
import { useIndexing } from '../search/use-indexing.ts';
import { ChimeOnMessage } from '../settings/chime-on-message.tsx';
import { useBadge } from '../state/use-badge.ts';
import { useOwnPresence } from '../state/use-own-presence.ts';
import { useReconnect } from '../state/use-reconnect.ts';

/** What goes on as long as somebody is signed in, and shows nothing: none of it has to be there for the first screen. */
export function InBackground({ open }: { readonly open: RoomId | undefined }) {
  useOwnPresence();
  useReconnect();
  useBadge();
  useIndexing();
  return <ChimeOnMessage open={open} />;
}
