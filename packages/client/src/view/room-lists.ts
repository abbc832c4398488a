import type { RoomId } from '@maru/protocol';
import type { RoomSummary } from './view.ts';

/** All rooms, sorted out by what people are to each other; each list in the order of all. */
export interface RoomLists {
  readonly all: readonly RoomSummary[];
  /** The conversations: neither requests nor what is hidden. */
  readonly rooms: readonly RoomSummary[];
  /** Of strangers, and of those who ask to be contacts and with whom nothing was ever said. */
  readonly requests: readonly RoomSummary[];
}

/** @param wrote whether the user has ever written in a room */
export function roomLists(all: readonly RoomSummary[], wrote: (room: RoomId) => boolean): RoomLists {
  const rooms: RoomSummary[] = [];
  const requests: RoomSummary[] = [];
  for (const room of all) {
    if (isRequest(room)) requests.push(room);
    else if (!isHidden(room, wrote)) rooms.push(room);
  }
  return { all, rooms, requests };
}

function isRequest({ relation }: RoomSummary): boolean {
  if (relation === undefined) return false;
  const { state, open } = relation;
  return state === 'stranger' || (state === 'requested-by-them' && open !== true);
}

/** Whom one blocks; and whom one has refused, or asked in vain, and never answered. */
function isHidden({ room, relation }: RoomSummary, wrote: (room: RoomId) => boolean): boolean {
  if (relation === undefined) return false;
  return relation.state === 'blocked' || (relation.state === 'none' && relation.seq > 0 && !wrote(room));
}
