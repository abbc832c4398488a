import type { RoomId } from '@maru/protocol';
import type { Rooms } from '../room/rooms.ts';
import type { UnreadKeeper } from '../sync/unread-keeper.ts';
import { OwnSettings } from './own-settings.ts';

type Deps = ConstructorParameters<typeof OwnSettings>[0];

export interface OwnSurroundings extends Omit<Deps, 'isMember' | 'hid'> {
  readonly rooms: Pick<Rooms, 'get'>;
  readonly unread: Pick<UnreadKeeper, 'countAnew'>;
}

/** A user's own settings among the device's rooms: what is hidden in one counts as unread no more. */
export function ownOf(
  { rooms, unread, ...deps }: OwnSurroundings,
  stored: ConstructorParameters<typeof OwnSettings>[1],
): OwnSettings {
  return new OwnSettings(
    {
      ...deps,
      isMember: (room: RoomId) => {
        const known = rooms.get(room);
        return known && known.record.membership === 'member';
      },
      hid: (room: RoomId, isKept: boolean) => {
        const known = rooms.get(room);
        if (known !== undefined) unread.countAnew(known, isKept);
      },
    },
    stored,
  );
}
