import type { Scheduled } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { useClientValue } from '../state/use-client-value.ts';

/** What is to be sent later to a room, the earliest first. */
export function useScheduled(room: RoomId): readonly Scheduled[] {
  return useClientValue((client) => client.scheduled(room));
}
