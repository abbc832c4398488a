import type { RoomSnapshot } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { useClientValue } from './use-client-value.ts';

/** A room as it is now; `undefined` while nothing is known of it. */
export function useRoom(room: RoomId): RoomSnapshot | undefined {
  return useClientValue((client) => client.room(room));
}
