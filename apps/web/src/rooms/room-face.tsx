import type { RoomSummary } from '@maru/client';
import { roomTitle } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { usePerson } from '../state/use-person.ts';
import { useRoom } from '../state/use-room.ts';
import { Avatar } from '../ui/avatar.tsx';
import { PreviewLine } from './preview-line.tsx';

/** A conversation among others to choose from: its sign, its name, and what was last in it, as in the list. */
export function RoomFace({ summary }: { readonly summary: RoomSummary }) {
  const { t } = useTexts();
  const peer = usePerson(summary.peer);
  const room = useRoom(summary.room);
  const title = roomTitle(summary, peer, t);
  return (
    <>
      <Avatar
        id={summary.peer ?? summary.room}
        name={title}
        picture={summary.loadsRemote ? peer?.avatar : undefined}
        size="header"
        group={summary.roomKind !== 'direct'}
      />
      <span className="min-w-0 grow">
        <bdi className="block truncate">{title}</bdi>
        {room !== undefined && (
          <span className="flex text-small">
            <PreviewLine room={room} open={false} />
          </span>
        )}
      </span>
    </>
  );
}
