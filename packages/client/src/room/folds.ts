import type { RoomRecord } from './room-record.ts';

/**
 * Whether what somebody wrote whom the user blocks comes folded here, as a line, quoted or pinned (`[REL14]`): wherever
 * others read along. The room of two is not listed while it is blocked.
 */
export function folds({ roomKind }: Pick<RoomRecord, 'roomKind'>): boolean {
  return roomKind !== 'direct';
}
