import type { RoomSnapshot } from '@maru/client';
import { ArrowLeft, RefreshCw, Search, Timer } from 'lucide-react';
import { personName, roomTitle } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { timeSpan } from '../i18n/time-span.ts';
import type { Translate } from '../i18n/translator.ts';
import { presenceText } from '../people/presence-text.ts';
import { overText } from '../rooms/over-text.ts';
import { peerPresence } from '../rooms/peer-presence.ts';
import { RoomMenuButton } from '../rooms/room-menu-button.tsx';
import { RouteLink } from '../route/route-link.tsx';
import { goBack } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { openSearch } from '../state/search-opening.ts';
import { useNow } from '../state/use-now.ts';
import { usePerson } from '../state/use-person.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { GroupLinkButton } from './group-link-button.tsx';

/** Whose conversation it is, and whether they are there. */
export function ConversationHeader({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const peer = usePerson(snapshot.peer);
  const title = roomTitle(snapshot, peer, t);
  return (
    <div className="flex h-15 shrink-0 items-center gap-1 border-line border-b bg-surface ps-2 pe-2 md:gap-2 md:ps-4 md:pe-3">
      <span className="md:hidden">
        <IconButton icon={ArrowLeft} label={t('action.back')} onClick={goBack} />
      </span>
      <RouteLink
        to={{ kind: 'details', room: snapshot.room }}
        title={t('room.details', { room: title })}
        className="-my-1 flex min-w-0 grow items-center gap-3 rounded-control py-1 hover:bg-hover"
      >
        <Avatar
          id={snapshot.peer ?? snapshot.room}
          name={title}
          picture={snapshot.loadsRemote ? peer?.avatar : undefined}
          size="header"
          group={snapshot.roomKind !== 'direct'}
        />
        <div className="min-w-0 grow">
          <h1 className="truncate font-semibold leading-tight">
            <bdi>{title}</bdi>
          </h1>
          <Standing snapshot={snapshot} />
        </div>
      </RouteLink>
      {hereWhenAsked(snapshot) !== undefined && <LookAgain />}
      {snapshot.roomKind !== 'direct' && snapshot.membership === 'member' && snapshot.can.add && (
        // On a phone the name needs the room: the details have the links.
        <span className="max-md:hidden">
          <GroupLinkButton room={snapshot.room} kind={snapshot.roomKind} />
        </span>
      )}
      <IconButton
        icon={Search}
        label={t('search.labelRoom')}
        onClick={() => openSearch({ room: snapshot.room })}
      />
      <RoomMenuButton room={snapshot.room} />
    </div>
  );
}

/** How many are there, where nobody tells it by itself: in a large room it is asked for. */
function hereWhenAsked({ roomKind, membership, presence }: RoomSnapshot): number | undefined {
  if (roomKind === 'direct' || membership !== 'member' || presence?.live !== false) return undefined;
  return presence.present;
}

function LookAgain() {
  const { t } = useTexts();
  const client = useClient();
  return (
    <IconButton
      icon={RefreshCw}
      label={t('presence.refresh')}
      onClick={() => void client.lookAgain().catch(() => undefined)}
    />
  );
}

/** How many are in a group or read a channel, and how many of them are there. */
function countText(snapshot: RoomSnapshot, t: Translate): string {
  const { roomKind, memberCount: count, presence } = snapshot;
  if (presence === undefined)
    return t(roomKind === 'channel' ? 'channels.readers' : 'room.members', { count });
  const here = presence.present;
  return t(roomKind === 'channel' ? 'channels.readersHere' : 'room.membersHere', { count, here });
}

/** The line under the name: who writes, else who is there. */
function Standing({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t, moments } = useTexts();
  const client = useClient();
  const now = useNow();
  const { typing, roomKind } = snapshot;
  const [typist] = typing;
  if (typist !== undefined) {
    const name = personName(client.person(typist), t);
    const isOne = roomKind !== 'direct' && typing.length === 1;
    const text = isOne ? t('typing.one', { name }) : t('typing.some', { count: typing.length });
    return <p className="truncate text-link text-small">{text}</p>;
  }
  // Who is out of it hears no more of who is in, and what was not made has nobody in it.
  const text =
    overText(snapshot, t) ??
    (roomKind !== 'direct'
      ? countText(snapshot, t)
      : presenceText(peerPresence(snapshot), { t, moments, now }));
  const vanishes = snapshot.facts.expiresAfter;
  // On a phone there is no room for both numbers beside the button that looks again.
  const here = hereWhenAsked(snapshot);
  return (
    <p className="flex items-center gap-1.5 text-small text-soft">
      <span className={`truncate ${here === undefined ? '' : 'max-md:hidden'}`}>{text}</span>
      {here !== undefined && <span className="truncate md:hidden">{t('room.here', { here })}</span>}
      {vanishes !== undefined && vanishes > 0 && (
        <span
          role="img"
          aria-label={t('room.timer', { span: timeSpan(vanishes, t) })}
          title={t('room.timer', { span: timeSpan(vanishes, t) })}
          className="flex shrink-0 items-center gap-0.5"
        >
          <Timer size={13} aria-hidden="true" />
          {/* On a phone the rest of the line needs the room: the details say it in words. */}
          <span className="max-md:hidden">{timeSpan(vanishes, t)}</span>
        </span>
      )}
    </p>
  );
}
