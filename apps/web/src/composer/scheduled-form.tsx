import type { Scheduled } from '@maru/client';
import { composeText, formatMarkup } from '@maru/protocol';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { entitiesOf, plainText } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';
import { useNow } from '../state/use-now.ts';
import { Button } from '../ui/button.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { localInput } from './schedule-times.ts';

interface ScheduledFormProps {
  readonly item: Scheduled;
  /** Given what makes the change; it may fail. */
  readonly onChange: (give: () => Promise<unknown>) => void;
}

/** Another time or another text for what is to be sent later: nothing is changed before the button says so. */
export function ScheduledForm({ item, onChange }: ScheduledFormProps) {
  const { t } = useTexts();
  const client = useClient();
  const now = useNow();
  const before = writtenOf(item);
  const [text, setText] = useState(before);
  const [time, setTime] = useState(localInput(item.at));
  const at = new Date(time).getTime();
  // The field has no seconds: one that was not touched is not to move it.
  const when = time === localInput(item.at) ? {} : { at };
  const isOther = text !== before;
  const canSend = 'at' in when ? at > now : isOther;
  const change = () => {
    const { commands } = client;
    if (text === undefined || !isOther) return commands.reschedule(item, when);
    const members = client.room(item.room)?.members?.values() ?? [];
    const { text: said, entities, mentions } = composeText(text.trim(), members, { markup: true });
    const { expiresAfter } = item;
    const options = { entities, mentions, ...(expiresAfter !== undefined && { expiresAfter }) };
    return commands.reschedule(item, { ...when, said }, options);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(async () => change());
  };
  return (
    <form onSubmit={submit} className="mt-1 flex flex-col gap-2">
      {text !== undefined && <TextArea label={t('replies.says')} value={text} onValue={setText} />}
      <input
        type="datetime-local"
        aria-label={t('schedule.other')}
        value={time}
        min={localInput(now)}
        onChange={({ target }) => setTime(target.value)}
        className="h-11 w-full rounded-control border border-control bg-raised px-3 text-ink text-input"
      />
      <Button type="submit" look="primary" wide disabled={!canSend || text?.trim() === ''}>
        {t('schedule.send')}
      </Button>
    </form>
  );
}

/** What one would write to have it said so; `undefined` for what is no text. */
function writtenOf({ content }: Scheduled): string | undefined {
  const text = content.type === 'text' ? plainText(content) : undefined;
  return text === undefined ? undefined : formatMarkup(text, entitiesOf(content));
}
