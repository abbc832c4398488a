import type { Folder } from '@maru/protocol';
import { ArrowDown, ArrowUp, FolderPlus, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ask } from '../ui/overlay-store.ts';
import { ActionRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { FolderSheet } from './folder-sheet.tsx';

/** The user's folders: their order, what is in them, and the end of one. */
export function FoldersSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const { settings } = useClient();
  const act = useAct();
  const folders = useClientValue((client) => client.settings.folders);
  const [edited, setEdited] = useState<Folder | 'new'>();
  if (edited !== undefined) {
    return (
      <FolderSheet
        folder={edited === 'new' ? undefined : edited}
        onClose={() => (folders.length === 0 ? onClose() : setEdited(undefined))}
      />
    );
  }
  const names = folders.map(({ name }) => name);
  const move = (from: number, by: 1 | -1) => {
    const order = names.toSpliced(from, 1).toSpliced(from + by, 0, ...names.slice(from, from + 1));
    void act(() => settings.orderFolders(order));
  };
  const drop = async (name: string) => {
    const question = {
      title: t('folders.dropTitle', { name }),
      text: t('folders.dropText'),
      action: t('folders.drop'),
    };
    if (!(await ask(question))) return;
    await act(() => settings.removeFolder(name));
    if (names.length === 1) onClose();
  };
  return (
    <Sheet title={t('folders.title')} onClose={onClose}>
      <ul aria-label={t('folders.title')} className="-mx-1">
        {folders.map((folder, at) => (
          <li key={folder.name} className="flex min-h-13 items-center">
            <span className="min-w-0 grow px-1">
              <bdi className="block truncate">{folder.name}</bdi>
              <span className="block text-small text-soft">
                {t('folders.count', { count: folder.rooms.length })}
              </span>
            </span>
            <IconButton
              icon={ArrowUp}
              label={t('folders.up', { name: folder.name })}
              disabled={at === 0}
              onClick={() => move(at, -1)}
            />
            <IconButton
              icon={ArrowDown}
              label={t('folders.down', { name: folder.name })}
              disabled={at === folders.length - 1}
              onClick={() => move(at, 1)}
            />
            <IconButton
              icon={Pencil}
              label={t('folders.editOne', { name: folder.name })}
              onClick={() => setEdited(folder)}
            />
            <IconButton
              icon={Trash2}
              label={t('folders.dropOne', { name: folder.name })}
              onClick={() => void drop(folder.name)}
            />
          </li>
        ))}
      </ul>
      <Section>
        <ActionRow icon={FolderPlus} title={t('folders.new')} onPress={() => setEdited('new')} />
      </Section>
    </Sheet>
  );
}
