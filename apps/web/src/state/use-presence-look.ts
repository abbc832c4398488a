import { limits, type RoomId } from '@maru/protocol';
import { useEffect } from 'react';
import { useClient } from './client-context.tsx';
import { useClientValue } from './use-client-value.ts';

/** Has presence and receipts told of the room that is open, and of the people at the top of the list. */
export function usePresenceLook(open: RoomId | undefined): void {
  const client = useClient();
  const all = useClientValue((one) => one.allRooms);
  // Of one that is being made the server knows nothing yet.
  const made = all.filter(({ membership }) => membership !== 'creating');
  const looked = made.filter(({ roomKind, room }) => room === open || roomKind === 'direct');
  // The open one first, for there may be more than can be looked at.
  looked.sort((a, b) => Number(b.room === open) - Number(a.room === open));
  // What two people are to each other decides whether they see it. Sorted, so that the order of the list, which changes
  // with each message, is no reason to look again.
  const key = looked
    .slice(0, limits.LOOK_ROOMS_MAX)
    .map(({ room, relation }) => `${room} ${relation?.state} ${relation?.open}`)
    .sort()
    .join(',');
  useEffect(() => {
    const rooms = key === '' ? [] : key.split(',').map((one) => one.split(' ')[0] as RoomId);
    client.look(rooms).catch(() => undefined);
  }, [client, key]);
}
