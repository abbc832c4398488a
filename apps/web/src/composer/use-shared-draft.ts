import { InvalidCommand, type RoomSnapshot } from '@maru/client';
import { useEffect, useRef } from 'react';
import { useClient } from '../state/client-context.tsx';
import { draftOf, type Purpose } from './purpose.ts';
import type { Field } from './use-field.ts';

/**
 * Keeps what is written as the room's draft, and takes over what another device has gone on with, unless something else was
 * begun here. Gives the function that keeps it.
 */
export function useSharedDraft(
  { text, put }: Field,
  { room, draft }: RoomSnapshot,
): (purpose: Purpose) => void {
  const client = useClient();
  const shared = useRef('');
  const theirs = draft?.text ?? '';
  const latest = useRef({ text, put });
  latest.current = { text, put };
  useEffect(() => {
    const { text: here, put: write } = latest.current;
    if (here() !== theirs && here() === shared.current) write(theirs);
    shared.current = theirs;
  }, [theirs]);
  useEffect(() => {
    // The other devices hear of it now. A store that fails is told of elsewhere.
    const end = () => void client.settings.flushDraft(room).catch(() => undefined);
    const hide = () => document.visibilityState === 'hidden' && end();
    window.addEventListener('pagehide', end);
    // Of a page in the background a phone may end what it likes without a word.
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('pagehide', end);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [client, room]);
  return (purpose) => {
    try {
      client.settings.setDraft(room, draftOf(text(), purpose));
    } catch (reason) {
      // A text that is too long is kept in the field; the counter says what is wrong with it.
      if (!(reason instanceof InvalidCommand)) throw reason;
    }
  };
}
