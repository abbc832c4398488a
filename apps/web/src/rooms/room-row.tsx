import type { RoomSummary } from '@maru/client';
import { BellOff, Pin } from 'lucide-react';
import { memo } from 'react';
import { roomTitle } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { RouteLink } from '../route/route-link.tsx';
import { usePerson } from '../state/use-person.ts';
import { useRoom } from '../state/use-room.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { PresenceDot } from '../ui/presence-dot.tsx';
import { peerPresence } from './peer-presence.ts';
import { PreviewLine } from './preview-line.tsx';

interface RoomRowProps {
  readonly summary: RoomSummary;
  readonly open: boolean;
  readonly now: number;
}

/** A conversation in a list. */
export const RoomRow = memo(function RoomRow({ summary, open, now }: RoomRowProps) {
  const { t, moments } = useTexts();
  const peer = usePerson(summary.peer);
  const room = useRoom(summary.room);
  if (room === undefined) return null;
  const title = roomTitle(summary, peer, t);
  const isUnread = room.unreadCount > 0 || room.markedUnread;
  return (
    <RouteLink
      to={{ kind: 'room', room: summary.room }}
      data-room={summary.room}
      aria-current={open ? 'page' : undefined}
      className={`mx-1.5 flex h-17 items-center gap-3 rounded-control px-2.5 -outline-offset-2 ${open ? 'bg-selected' : 'hover:bg-hover'}`}
    >
      <span className="relative">
        <Avatar
          id={summary.peer ?? summary.room}
          name={title}
          picture={room.loadsRemote ? peer?.avatar : undefined}
          group={room.roomKind !== 'direct'}
        />
        <PresenceDot state={peerPresence(room)?.state} />
      </span>
      <span className="min-w-0 grow">
        <span className="flex items-center gap-1.5">
          <bdi className={`truncate ${isUnread ? 'font-semibold' : 'font-medium'}`}>{title}</bdi>
          {room.muted !== undefined && (
            <BellOff size={14} className="shrink-0 text-faint" aria-label={t('room.muted')} />
          )}
          <time
            className={`ms-auto shrink-0 ps-2 text-small ${isUnread && room.muted === undefined ? 'text-link' : 'text-faint'}`}
          >
            {moments.short(summary.at, now)}
          </time>
        </span>
        <span className="flex items-center gap-1.5 text-small">
          <PreviewLine room={room} open={open} />
          <Marks room={room} />
        </span>
      </span>
    </RouteLink>
  );
});

/** What stands at the end of the second line: mentions, unread messages, the pin. */
function Marks({ room }: { readonly room: RoomSummary }) {
  const { t } = useTexts();
  const { unreadCount, mentionCount, markedUnread, muted, pinned } = room;
  const quiet = muted !== undefined;
  return (
    <span className="flex h-5 shrink-0 items-center gap-1">
      {pinned && unreadCount === 0 && <Pin size={14} className="text-faint" aria-label={t('room.pinned')} />}
      {mentionCount > 0 && (
        <Badge
          count={mentionCount}
          mention
          quiet={quiet && !muted.mentions}
          label={t('room.mentions', { count: mentionCount })}
        />
      )}
      {unreadCount > 0 && (
        <Badge count={unreadCount} quiet={quiet} label={t('room.unread', { count: unreadCount })} />
      )}
      {unreadCount === 0 && markedUnread && (
        <span
          role="img"
          aria-label={t('room.markedUnread')}
          className={`size-2.5 rounded-full ${quiet ? 'bg-quiet' : 'bg-badge'}`}
        />
      )}
    </span>
  );
}
