import { Menu } from '@base-ui/react/menu';
import type { RoomSnapshot } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import {
  Archive,
  ArchiveRestore,
  ArrowLeft,
  Bell,
  BellOff,
  Check,
  FolderInput,
  FolderPlus,
  Info,
  LogOut,
  MailCheck,
  MessageCircleDashed,
  Pin,
  PinOff,
  Star,
  Timer,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { useRefusedActs } from '../refused/use-refused-acts.ts';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { useRoom } from '../state/use-room.ts';
import { lazy } from '../ui/lazy.ts';
import { MenuAt, type MenuPlace } from '../ui/menu-at.tsx';
import { MenuItem } from '../ui/menu-item.tsx';
import { isKept } from './is-kept.ts';
import { outText } from './out-text.ts';
import { useRoomActs } from './use-room-acts.ts';

const FolderSheet = lazy(async () => ({
  default: (await import('../folders/folder-sheet.tsx')).FolderSheet,
}));

const MUTE_HOURS = [1, 8, 24, 168] as const;

interface RoomMenuProps {
  readonly room: RoomId;
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

/** What can be done with a conversation. */
export function RoomMenu({ room, ...others }: RoomMenuProps) {
  const snapshot = useRoom(room);
  return snapshot === undefined ? null : <OpenMenu snapshot={snapshot} {...others} />;
}

interface OpenMenuProps extends Omit<RoomMenuProps, 'room'> {
  readonly snapshot: RoomSnapshot;
}

function OpenMenu({ snapshot, place, onClose }: OpenMenuProps) {
  const { t } = useTexts();
  const acts = useRoomActs(snapshot);
  const refused = useRefusedActs(snapshot);
  const [page, setPage] = useState<'mute' | 'folders' | 'new-folder'>();
  const hasFolders = useClientValue(({ settings }) => settings.folders.length > 0);
  const { room, roomKind, membership, pinned, archived, muted } = snapshot;
  if (page === 'new-folder') return <FolderSheet folder={undefined} rooms={[room]} onClose={onClose} />;
  const kept = isKept(snapshot);
  return (
    <MenuAt place={place} label={t('roomMenu.title', { room: acts.title })} onClose={onClose}>
      {page === 'mute' ? (
        <MuteItems acts={acts} onBack={() => setPage(undefined)} />
      ) : page === 'folders' ? (
        <FolderItems room={room} onBack={() => setPage(undefined)} onNew={() => setPage('new-folder')} />
      ) : (
        <>
          {(kept || pinned) && (
            <MenuItem
              icon={pinned ? PinOff : Pin}
              text={t(pinned ? 'roomMenu.unpin' : 'roomMenu.pin')}
              onPress={() => void acts.togglePin()}
            />
          )}
          {(kept || acts.isUnread) && (
            <MenuItem
              icon={acts.isUnread ? MailCheck : MessageCircleDashed}
              text={t(acts.isUnread ? 'roomMenu.markRead' : 'roomMenu.markUnread')}
              onPress={acts.toggleRead}
            />
          )}
          {kept && muted === undefined && (
            <MenuItem icon={BellOff} text={t('roomMenu.mute')} stays onPress={() => setPage('mute')} />
          )}
          {muted !== undefined && (
            <MenuItem icon={Bell} text={t('roomMenu.unmute')} onPress={() => void acts.unmute()} />
          )}
          {(kept || archived) && (
            <MenuItem
              icon={archived ? ArchiveRestore : Archive}
              text={t(archived ? 'roomMenu.unarchive' : 'roomMenu.archive')}
              onPress={() => void acts.toggleArchived()}
            />
          )}
          <MenuItem
            icon={FolderInput}
            text={t('folders.put')}
            stays
            onPress={() => setPage(hasFolders ? 'folders' : 'new-folder')}
          />
          {snapshot.stars.length > 0 && (
            <MenuItem icon={Star} text={t('starred.title')} onPress={() => go({ kind: 'starred' })} />
          )}
          <MenuItem icon={Info} text={t('roomMenu.details')} onPress={() => go({ kind: 'details', room })} />
          {roomKind !== 'direct' && membership === 'member' && (
            <MenuItem icon={LogOut} text={t('roomMenu.leave')} danger onPress={() => void acts.leave()} />
          )}
          {outText(snapshot, t) !== undefined && (
            <MenuItem icon={Trash2} text={t('roomMenu.forget')} danger onPress={() => void acts.forget()} />
          )}
          {snapshot.refused !== undefined && (
            <MenuItem icon={Trash2} text={t('refused.remove')} danger onPress={() => void refused.remove()} />
          )}
        </>
      )}
    </MenuAt>
  );
}

/** For how long, and whether mentions are told of all the same. */
function MuteItems({
  acts,
  onBack,
}: {
  readonly acts: ReturnType<typeof useRoomActs>;
  readonly onBack: () => void;
}) {
  const { t } = useTexts();
  const [mentions, setMentions] = useState(true);
  return (
    <>
      <MenuItem icon={ArrowLeft} text={t('roomMenu.mute')} stays onPress={onBack} />
      <div className="mb-1 border-line border-y">
        <CheckItem text={t('roomMenu.exceptMentions')} checked={mentions} onCheck={setMentions} />
      </div>
      {MUTE_HOURS.map((hours) => (
        <MenuItem
          key={hours}
          icon={Timer}
          text={t(hours < 24 ? 'span.hours' : 'span.days', { count: hours < 24 ? hours : hours / 24 })}
          onPress={() => void acts.mute(hours, mentions)}
        />
      ))}
      <MenuItem
        icon={BellOff}
        text={t('roomMenu.muteEver')}
        onPress={() => void acts.mute(undefined, mentions)}
      />
    </>
  );
}

/** In which folders it is. */
function FolderItems({
  room,
  onBack,
  onNew,
}: {
  readonly room: RoomId;
  readonly onBack: () => void;
  readonly onNew: () => void;
}) {
  const { t } = useTexts();
  const { settings } = useClient();
  const act = useAct();
  const folders = useClientValue((client) => client.settings.folders);
  return (
    <>
      <MenuItem icon={ArrowLeft} text={t('folders.put')} stays onPress={onBack} />
      <div className="my-1 max-h-80 overflow-y-auto border-line border-y">
        {folders.map(({ name, rooms }) => (
          <CheckItem
            key={name}
            text={name}
            checked={rooms.includes(room)}
            onCheck={(isIn) => void act(() => settings.putInFolder(name, room, isIn))}
          />
        ))}
      </div>
      <MenuItem icon={FolderPlus} text={t('folders.new')} stays onPress={onNew} />
    </>
  );
}

interface CheckItemProps {
  readonly text: string;
  readonly checked: boolean;
  readonly onCheck: (checked: boolean) => void;
}

function CheckItem({ text, checked, onCheck }: CheckItemProps) {
  return (
    <Menu.CheckboxItem
      checked={checked}
      onCheckedChange={onCheck}
      closeOnClick={false}
      className="flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-3 outline-none data-highlighted:bg-hover"
    >
      <span className="flex size-4.5 shrink-0 items-center justify-center rounded-joint border border-control">
        <Menu.CheckboxItemIndicator>
          <Check size={14} aria-hidden="true" />
        </Menu.CheckboxItemIndicator>
      </span>
      <bdi className="min-w-0 truncate">{text}</bdi>
    </Menu.CheckboxItem>
  );
}
