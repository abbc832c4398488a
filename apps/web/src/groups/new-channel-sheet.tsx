import { limits, roomName } from '@maru/protocol';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { Button } from '../ui/button.tsx';
import { SwitchRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';

/** Makes a channel: some write, many read. */
export function NewChannelSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [isPublic, setPublic] = useState(true);
  const [error, setError] = useState<string>();
  const make = async () => {
    const { data: called } = roomName.safeParse(name);
    if (called === undefined) {
      setError(t('group.nameBad', { kind: 'channel', limit: limits.ROOM_NAME_CHARS_MAX }));
      return;
    }
    await act(async () => {
      const sending = await commands.createChannel(called, {
        description: description.trim(),
        public: isPublic,
      });
      onClose();
      go({ kind: 'room', room: sending.room });
      return sending;
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make();
  };
  return (
    <Sheet title={t('channels.make')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('group.name', { kind: 'channel' })}
          value={name}
          onValue={setName}
          error={error}
          autoComplete="off"
          autoFocus
        />
        <TextArea
          label={t('details.description')}
          value={description}
          onValue={setDescription}
          maxLength={limits.ROOM_DESCRIPTION_CHARS_MAX}
        />
        <Section hint={t(isPublic ? 'channels.publicText' : 'channels.privateText')}>
          <SwitchRow title={t('channels.public')} on={isPublic} onSwitch={setPublic} />
        </Section>
        <Button type="submit" look="primary">
          {t('channels.makeIt')}
        </Button>
      </form>
    </Sheet>
  );
}
