import type { MaruClient, RoomSummary } from '@maru/client';
import { folded } from '../i18n/folded.ts';
import { roomTitle } from '../i18n/room-title.ts';
import type { Translate } from '../i18n/translator.ts';

/**
 * Those conversations that are called so, or whose other one has such a handle.
 *
 * @param query a part of it; empty: all are
 */
export function roomsCalled(
  rooms: readonly RoomSummary[],
  query: string,
  client: Pick<MaruClient, 'person'>,
  t: Translate,
): readonly RoomSummary[] {
  const wanted = folded(query);
  return rooms.filter((summary) => {
    const peer = summary.peer === undefined ? undefined : client.person(summary.peer);
    return folded(`${roomTitle(summary, peer, t)} ${peer?.handle ?? ''}`).includes(wanted);
  });
}
