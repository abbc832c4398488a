import type { RoomSnapshot } from '@maru/client';
import type { Seq } from '@maru/protocol';
import { useCallback, useEffect } from 'react';
import { useClient } from '../state/client-context.tsx';

/**
 * Gives the function that marks as read what is in sight; it does nothing while nobody looks, and is called again when
 * somebody does.
 *
 * @param lastInSight the number of the last message that can be seen now
 */
export function useReadMarks(
  { room, unreadCount }: Pick<RoomSnapshot, 'room' | 'unreadCount'>,
  lastInSight: () => Seq | undefined,
): () => void {
  const client = useClient();
  const mark = useCallback(() => {
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
    const seq = lastInSight();
    const snapshot = client.room(room);
    if (seq === undefined || snapshot === undefined) return;
    if (seq > snapshot.read || snapshot.markedUnread) client.markRead(room, seq);
  }, [client, lastInSight, room]);
  useEffect(() => {
    window.addEventListener('focus', mark);
    document.addEventListener('visibilitychange', mark);
    return () => {
      window.removeEventListener('focus', mark);
      document.removeEventListener('visibilitychange', mark);
    };
  }, [mark]);
  // What was in sight before it counted, as after a time without a connection, is read as well.
  const hasUnread = unreadCount > 0;
  useEffect(() => {
    if (!hasUnread) return;
    const frame = requestAnimationFrame(mark);
    return () => cancelAnimationFrame(frame);
  }, [hasUnread, mark]);
  return mark;
}
