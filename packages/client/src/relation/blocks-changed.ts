import type { RoomId } from '@maru/protocol';
import { folds } from '../room/folds.ts';
import type { Rooms } from '../room/rooms.ts';
import type { UnreadKeeper } from '../sync/unread-keeper.ts';
import type { Relations } from './relations.ts';

interface Blocking {
  readonly rooms: Rooms;
  readonly relations: Relations;
  readonly unread: Pick<UnreadKeeper, 'countAnew'>;
}

/**
 * Whoever is blocked, or no more, is shown otherwise in every group, and names the user there no more, or again; and again
 * in the room of the two, where what was counted anew meanwhile named nobody.
 *
 * @param direct the room of the two
 * @param isKept whether the server knows
 */
export function blocksChanged({ rooms, relations, unread }: Blocking, direct: RoomId, isKept: boolean): void {
  const isBlocked = relations.of(direct)?.state === 'blocked';
  for (const room of rooms) {
    const { mentions = [] } = room.record;
    if (!folds(room.record) && room.record.room !== direct) continue;
    if (!isBlocked || mentions.length > 0) unread.countAnew(room, isKept);
    rooms.touch(room);
  }
}
