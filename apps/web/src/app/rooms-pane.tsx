import type { RoomId } from '@maru/protocol';
import { Archive, MessageCirclePlus, Search, Settings, UserRoundCheck, UsersRound } from 'lucide-react';
import { Suspense } from 'react';
import { useChosenFolder } from '../folders/chosen-folder.ts';
import { useTexts } from '../i18n/texts.tsx';
import { PlaceRow } from '../rooms/place-row.tsx';
import { RoomList } from '../rooms/room-list.tsx';
import { go } from '../route/use-route.ts';
import { openSearch } from '../state/search-opening.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { FolderTabs, NoRooms } from './panes.ts';

/** The first pane: all conversations but those put away, with requests above them. */
export function RoomsPane({ open }: { readonly open: RoomId | undefined }) {
  const { t } = useTexts();
  const rooms = useClientValue((client) => client.rooms);
  const requests = useClientValue((client) => client.requests);
  const isSynced = useClientValue(({ connection }) => connection.state === 'online');
  const archived = rooms.filter((room) => room.archived);
  const folders = useClientValue((client) => client.settings.folders);
  const folder = useChosenFolder(folders);
  const listed = rooms.filter(({ archived, room }) => !archived && folder?.rooms.includes(room) !== false);
  return (
    <>
      <PaneHeader title={t('rooms.title')} back={false}>
        <IconButton icon={Search} label={t('rooms.search')} onClick={() => openSearch()} />
        <IconButton icon={MessageCirclePlus} label={t('rooms.new')} onClick={() => go({ kind: 'new' })} />
        <IconButton icon={UsersRound} label={t('people.title')} onClick={() => go({ kind: 'people' })} />
        <IconButton icon={Settings} label={t('settings.title')} onClick={() => go({ kind: 'settings' })} />
      </PaneHeader>
      <ConnectionLine />
      {folders.length > 0 && (
        <Suspense>
          <FolderTabs folders={folders} chosen={folder} rooms={rooms} />
        </Suspense>
      )}
      {rooms.length + requests.length > 0 || !isSynced ? (
        <RoomList
          rooms={listed}
          open={open}
          label={t('rooms.title')}
          before={
            folder === undefined &&
            requests.length > 0 && (
              <PlaceRow
                to={{ kind: 'requests' }}
                icon={UserRoundCheck}
                title={t('requests.title')}
                text={t('requests.waiting', { count: requests.length })}
                count={requests.length}
              />
            )
          }
          after={
            folder === undefined &&
            archived.length > 0 && (
              <PlaceRow
                to={{ kind: 'archived' }}
                icon={Archive}
                title={t('archived.title')}
                text={t('archived.count', { count: archived.length })}
                count={archived.filter(({ unreadCount }) => unreadCount > 0).length}
                quiet
              />
            )
          }
        />
      ) : (
        <Suspense>
          <NoRooms />
        </Suspense>
      )}
    </>
  );
}
