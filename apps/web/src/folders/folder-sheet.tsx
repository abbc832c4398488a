import { type Folder, folder as folderSchema, limits, type RoomId } from '@maru/protocol';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { RoomCheckList } from '../rooms/room-check-list.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';
import { chooseFolder } from './chosen-folder.ts';

interface FolderSheetProps {
  /** The one that is changed; absent: a new one. */
  readonly folder: Folder | undefined;
  /** What is in a new one to begin with. */
  readonly rooms?: readonly RoomId[];
  readonly onClose: () => void;
}

/** What a folder is called, and what is in it. */
export function FolderSheet({ folder, rooms = [], onClose }: FolderSheetProps) {
  const { t } = useTexts();
  const { settings } = useClient();
  const act = useAct();
  const offered = useClientValue((client) => client.rooms);
  const [name, setName] = useState(folder?.name ?? '');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<readonly RoomId[]>(folder?.rooms ?? rooms);
  const [error, setError] = useState<string>();
  const save = async () => {
    const { data: called } = folderSchema.shape.name.safeParse(name);
    if (called === undefined) return setError(t('folders.nameBad', { limit: limits.FOLDER_NAME_CHARS_MAX }));
    if (called !== folder?.name && settings.folders.some((one) => one.name === called))
      return setError(t('folders.taken'));
    const isSaved = await act(async () => {
      if (folder !== undefined && called !== folder.name) await settings.renameFolder(folder.name, called);
      // First in, then out: a folder without rooms would be gone.
      for (const room of chosen) {
        if (folder?.rooms.includes(room) !== true) await settings.putInFolder(called, room);
      }
      for (const room of folder?.rooms ?? []) {
        if (!chosen.includes(room)) await settings.putInFolder(called, room, false);
      }
      if (folder === undefined || called !== folder.name) chooseFolder(called);
    });
    if (isSaved) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <Sheet title={t(folder === undefined ? 'folders.new' : 'folders.change')} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col gap-4">
        <TextField
          label={t('folders.name')}
          value={name}
          onValue={(written) => {
            setName(written);
            setError(undefined);
          }}
          error={error}
          autoComplete="off"
        />
        <TextField
          label={t('forward.find')}
          type="search"
          value={query}
          onValue={setQuery}
          autoComplete="off"
        />
        <RoomCheckList rooms={offered} query={query} chosen={chosen} onChosen={setChosen} />
        <Button type="submit" look="primary" disabled={chosen.length === 0}>
          {t('folders.save', { count: chosen.length })}
        </Button>
      </form>
    </Sheet>
  );
}
