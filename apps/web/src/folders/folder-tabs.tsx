import type { RoomSummary } from '@maru/client';
import type { Folder } from '@maru/protocol';
import { Pencil } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { lazy } from '../ui/lazy.ts';
import { chooseFolder } from './chosen-folder.ts';

const FoldersSheet = lazy(async () => ({ default: (await import('./folders-sheet.tsx')).FoldersSheet }));

interface FolderTabsProps {
  readonly folders: readonly Folder[];
  readonly chosen: Folder | undefined;
  readonly rooms: readonly RoomSummary[];
}

/** Which conversations the list shows: all, or those of a folder, each with how many of its have something unread. */
export function FolderTabs({ folders, chosen, rooms }: FolderTabsProps) {
  const { t } = useTexts();
  const [isEditing, setEditing] = useState(false);
  const isEmpty =
    chosen !== undefined && !rooms.some(({ room, archived }) => !archived && chosen.rooms.includes(room));
  const unread = new Set(
    rooms
      .filter((room) => room.muted === undefined && !room.archived)
      .filter((room) => room.unreadCount > 0 || room.markedUnread)
      .map(({ room }) => room),
  );
  return (
    <>
      <div className="flex shrink-0 items-center border-line border-b pe-2">
        <fieldset
          aria-label={t('folders.title')}
          className="flex min-w-0 grow gap-1 overflow-x-auto px-3 pointer-coarse:[scrollbar-width:none]"
        >
          <Tab on={chosen === undefined} onPress={() => chooseFolder(undefined)}>
            {t('folders.all')}
          </Tab>
          {folders.map(({ name, rooms: inside }) => {
            const count = inside.filter((room) => unread.has(room)).length;
            return (
              <Tab key={name} on={name === chosen?.name} onPress={() => chooseFolder(name)}>
                <bdi className="truncate">{name}</bdi>
                {count > 0 && <Badge count={count} quiet={false} label={t('folders.unread', { count })} />}
              </Tab>
            );
          })}
        </fieldset>
        <IconButton icon={Pencil} label={t('folders.edit')} onClick={() => setEditing(true)} />
        {isEditing && (
          <Suspense>
            <FoldersSheet onClose={() => setEditing(false)} />
          </Suspense>
        )}
      </div>
      {isEmpty && <p className="px-6 py-8 text-center text-soft">{t('folders.empty')}</p>}
    </>
  );
}

interface TabProps {
  readonly on: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Tab({ on, onPress, children }: TabProps) {
  const look = on ? 'border-accent font-semibold text-link' : 'border-transparent text-soft hover:text-ink';
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPress}
      className={`flex h-11 max-w-44 shrink-0 items-center gap-1.5 whitespace-nowrap border-b-2 px-2 -outline-offset-2 ${look}`}
    >
      {children}
    </button>
  );
}
