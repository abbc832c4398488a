import { MessagesSquare } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import type { Route } from '../route/route.ts';
import { currentRoute, goBack, useRoute } from '../route/use-route.ts';
import { SearchKeys } from '../search/search-keys.tsx';
import { useClient } from '../state/client-context.tsx';
import type { Session } from '../state/session.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { useLookUp } from '../state/use-person.ts';
import { usePresenceLook } from '../state/use-presence-look.ts';
import { useTransport } from '../state/use-transport.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useMedia } from '../ui/use-media.ts';
import { ConnectionLine } from './connection-line.tsx';
import { Mishap } from './mishap.tsx';
import {
  AdminPane,
  ArchivedPane,
  ChannelsPane,
  Conversation,
  DetailsPane,
  FollowLink,
  fetchConversationAhead,
  InBackground,
  NewPane,
  Overlays,
  PeoplePane,
  RequestsPane,
  SayRefusals,
  SettingsPane,
  SharePane,
  StarredPane,
} from './panes.ts';
import { RoomsPane } from './rooms-pane.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

// The shell itself is here: what follows it is wanted next, whichever conversation that will be.
const conversation = fetchConversationAhead();

/** Resolves when the code of what the address names is here, so that both are shown as one. */
export async function opened(): Promise<void> {
  if (roomOf(currentRoute()) !== undefined) await conversation;
}

/** Addresses that lead to another. */
const LINKS: readonly Route['kind'][] = ['invite', 'join', 'user', 'with'];

/**
 * Two panes: a list, which stays, and a conversation. On a narrow screen the address decides which of the two there is
 * room for.
 */
export function Shell({ session }: { readonly session: Session }) {
  const { t } = useTexts();
  const route = useRoute();
  const room = roomOf(route);
  const hasDetails = route.kind === 'details';
  const [pane, leavePane] = useLastPane(route);
  const isNew = session.state.kind === 'signed-in' && session.state.recoveryCodes !== undefined;
  // What is said of it stays when the address is another. Its code may come when the recovery codes have been put away.
  const [link, setLink] = useState<{ readonly route: Route; readonly isNew: boolean }>();
  if (link?.route !== route && LINKS.includes(route.kind)) setLink({ route, isNew });
  const isWide = useMedia('(min-width: 80rem)');
  const { list, content, details } = useKeptFocus(route);
  const toAll = () => {
    leavePane();
    // What had it goes with the pane.
    list.current?.focus({ preventScroll: true });
  };
  const client = useClient();
  useLookUp([client.user]);
  usePresenceLook(room);
  useTransport();
  return (
    <div className="flex h-full overflow-clip bg-surface">
      <div
        ref={list}
        // What the page is about is the conversation, where one is open.
        {...(room === undefined ? landmark('main') : landmark('region', t('rooms.title')))}
        className={`h-full w-full flex-col border-line outline-none md:flex md:w-80 md:shrink-0 md:border-e xl:w-92 ${room === undefined ? 'flex' : 'hidden'}`}
      >
        <Mishap pane={pane}>
          <Suspense fallback={<div aria-busy="true" className="grow" />}>
            <Pane pane={pane} session={session} room={room} onBack={room === undefined ? goBack : toAll} />
          </Suspense>
        </Mishap>
      </div>
      <div
        ref={content}
        {...(room === undefined ? landmark('region', t('shell.nothingOpen')) : landmark('main'))}
        className={`h-full min-w-0 grow flex-col bg-canvas outline-none ${hasDetails ? 'hidden xl:flex' : room === undefined ? 'hidden md:flex' : 'flex'}`}
      >
        {room === undefined ? (
          <div className="m-auto">
            <EmptyState
              icon={MessagesSquare}
              title={t('shell.nothingOpen')}
              text={t('shell.nothingOpenText')}
            />
          </div>
        ) : (
          <Suspense fallback={<div aria-busy="true" className="grow" />}>
            {/* Where the list and its line are out of sight. */}
            <div className="bg-surface pt-2 has-[>:empty]:hidden md:hidden">
              <ConnectionLine />
            </div>
            <Mishap pane={room}>
              <Conversation key={room} room={room} />
            </Mishap>
          </Suspense>
        )}
      </div>
      {hasDetails && (
        <div
          ref={details}
          // Where there is no room beside it, it is all that there is.
          {...landmark(isWide ? 'complementary' : 'main', t('room.detailsTitle'))}
          className="flex h-full min-w-0 grow flex-col border-line bg-surface outline-none xl:w-92 xl:shrink-0 xl:grow-0 xl:border-s"
        >
          <Suspense fallback={<div aria-busy="true" className="grow" />}>
            <Mishap pane={route.room}>
              <DetailsPane key={route.room} room={route.room} />
            </Mishap>
          </Suspense>
        </div>
      )}
      <Suspense>{link !== undefined && <FollowLink route={route} isNew={link.isNew} />}</Suspense>
      <Suspense>
        <Overlays />
        <SayRefusals />
      </Suspense>
      <Suspense>
        <InBackground open={room} />
      </Suspense>
      <SearchKeys room={room} />
    </div>
  );
}

/** A part of the page that can be jumped to, and be given the focus. */
function landmark(role: 'main' | 'region' | 'complementary', label?: string) {
  return { role, tabIndex: -1, ...(label !== undefined && { 'aria-label': label }) };
}

/** The conversation that is open, with its details or without. */
function roomOf(route: Route) {
  return route.kind === 'room' || route.kind === 'details' ? route.room : undefined;
}

/**
 * Lists of conversations stay beside one of theirs, until they are left or the last request is answered; from any other
 * pane one comes back to all of them.
 */
function useLastPane(route: Route): readonly [Route['kind'], leave: () => void] {
  const [pane, setPane] = useState<Route['kind']>('rooms');
  const hasRequests = useClientValue((client) => client.requests).length > 0;
  const stays = (pane === 'requests' && hasRequests) || pane === 'archived' || pane === 'starred';
  const wanted = roomOf(route) === undefined ? route.kind : stays ? pane : 'rooms';
  if (wanted !== pane) setPane(wanted);
  return [wanted, () => setPane('rooms')];
}

interface PaneProps {
  readonly pane: Route['kind'];
  readonly session: Session;
  readonly room: Parameters<typeof RoomsPane>[0]['open'];
  /** The way back of lists that stay beside a conversation: to all of them, and the conversation stays, too. */
  readonly onBack: () => void;
}

function Pane({ pane, session, room, onBack }: PaneProps) {
  switch (pane) {
    case 'requests':
      return <RequestsPane open={room} onBack={onBack} />;
    case 'archived':
      return <ArchivedPane open={room} onBack={onBack} />;
    case 'new':
      return <NewPane />;
    case 'people':
      return <PeoplePane />;
    case 'channels':
      return <ChannelsPane />;
    case 'share':
      return <SharePane />;
    case 'starred':
      return <StarredPane onBack={onBack} />;
    case 'admin':
      return <AdminPane />;
    case 'device':
    case 'setting':
    case 'settings':
      return <SettingsPane session={session} />;
    default:
      return <RoomsPane open={room} />;
  }
}
