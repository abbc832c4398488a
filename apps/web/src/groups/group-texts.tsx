import type { RoomSnapshot } from '@maru/client';
import { limits, roomDescription, roomName } from '@maru/protocol';
import { Pencil } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { roomTitle } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';

/** What a group is called; who may says it anew. */
export function GroupName({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const kind = snapshot.roomKind === 'channel' ? 'channel' : 'group';
  const { commands } = useClient();
  const act = useAct();
  const [written, setWritten] = useState<string>();
  const [error, setError] = useState<string>();
  const title = roomTitle(snapshot, undefined, t);
  const may = snapshot.membership === 'member' && snapshot.can.rename;
  if (written === undefined) {
    return (
      <h2 className="mt-2 flex max-w-full items-center gap-1 font-semibold text-title">
        <bdi className={`truncate ${may ? 'ps-10' : ''}`}>{title}</bdi>
        {may && <IconButton icon={Pencil} label={t('details.rename')} onClick={() => setWritten(title)} />}
      </h2>
    );
  }
  const save = async () => {
    const { data: name } = roomName.safeParse(written);
    if (name === undefined) setError(t('group.nameBad', { kind, limit: limits.ROOM_NAME_CHARS_MAX }));
    else if (name === snapshot.name || (await act(() => commands.rename(snapshot.room, name))))
      setWritten(undefined);
  };
  return (
    <Editor onSave={save} onCancel={() => setWritten(undefined)}>
      <TextField
        label={t('group.name', { kind })}
        value={written}
        onValue={setWritten}
        error={error}
        autoComplete="off"
        autoFocus
      />
    </Editor>
  );
}

/** What a group is for. */
export function GroupDescription({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const [written, setWritten] = useState<string>();
  const { description = '' } = snapshot.facts;
  const may = snapshot.membership === 'member' && snapshot.can.describe;
  if (written === undefined) {
    return (
      <>
        {description !== '' && (
          <p className="mt-2 w-full whitespace-pre-wrap rounded-panel bg-field px-4 py-2.5 text-start">
            <bdi>{description}</bdi>
          </p>
        )}
        {may && (
          <Button look="plain" onClick={() => setWritten(description)}>
            {t(description === '' ? 'details.describe' : 'details.describeAnew')}
          </Button>
        )}
      </>
    );
  }
  const save = async () => {
    const { data: text } = roomDescription.safeParse(written);
    if (text === undefined || text === description) setWritten(undefined);
    else if (await act(() => commands.describe(snapshot.room, text))) setWritten(undefined);
  };
  return (
    <Editor onSave={save} onCancel={() => setWritten(undefined)}>
      <TextArea
        label={t('details.description')}
        value={written}
        onValue={setWritten}
        maxLength={limits.ROOM_DESCRIPTION_CHARS_MAX}
        autoFocus
      />
    </Editor>
  );
}

interface EditorProps {
  readonly onSave: () => Promise<void>;
  readonly onCancel: () => void;
  readonly children: React.ReactNode;
}

function Editor({ onSave, onCancel, children }: EditorProps) {
  const { t } = useTexts();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onSave();
  };
  return (
    <form onSubmit={submit} className="mt-2 flex w-full flex-col gap-2 text-start">
      {children}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary">
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
