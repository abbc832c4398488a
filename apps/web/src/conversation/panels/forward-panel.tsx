import { limits, type RoomId, type Seq } from '@maru/protocol';
import { useId, useState } from 'react';
import { errorText } from '../../i18n/error-text.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { RoomCheckList } from '../../rooms/room-check-list.tsx';
import { useClient } from '../../state/client-context.tsx';
import { useClientValue } from '../../state/use-client-value.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ForwardPanelProps {
  readonly room: RoomId;
  readonly seq: Seq;
  readonly onClose: () => void;
}

/** Where a message is to go, and whether it says who wrote it. */
export function ForwardPanel({ room, seq, onClose }: ForwardPanelProps) {
  const { t } = useTexts();
  const client = useClient();
  const rooms = useClientValue(({ rooms: all }) => all);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<readonly RoomId[]>([]);
  const [named, setNamed] = useState(true);
  const [error, setError] = useState<string>();
  const namedId = useId();
  const open = rooms.filter(({ membership, unavailable }) => membership === 'member' && !unavailable);
  const choose = (all: readonly RoomId[]) => {
    if (all.length > limits.FORWARD_ROOMS_MAX) {
      setError(t('forward.max', { count: limits.FORWARD_ROOMS_MAX }));
      return;
    }
    setError(undefined);
    setChosen(all);
  };
  const send = async () => {
    try {
      await client.forward(room, seq, chosen, { named });
      onClose();
    } catch (reason) {
      setError(errorText(reason, t));
    }
  };
  return (
    <Panel title={t('forward.title')} onClose={onClose}>
      <div className="px-5 pb-2">
        <TextField label={t('forward.find')} value={query} onValue={setQuery} error={error} />
      </div>
      <div className="flex min-h-32 grow flex-col overflow-y-auto px-5">
        <RoomCheckList rooms={open} query={query} chosen={chosen} onChosen={choose} />
      </div>
      <footer className="flex flex-col gap-3 border-line border-t px-5 pt-3 pb-4">
        <label htmlFor={namedId} className="flex min-h-10 cursor-pointer items-center gap-3">
          <input
            id={namedId}
            type="checkbox"
            checked={named}
            onChange={({ target }) => setNamed(target.checked)}
            className="size-5"
          />
          {t('forward.named')}
        </label>
        <Button look="primary" wide disabled={chosen.length === 0} onClick={() => void send()}>
          {t('forward.send', { count: chosen.length })}
        </Button>
      </footer>
    </Panel>
  );
}
