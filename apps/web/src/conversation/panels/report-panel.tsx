import type { Message } from '@maru/client';
import { limits, type ReportReason, type RoomId, reportReason, type Seq } from '@maru/protocol';
import { useState } from 'react';
import { errorText } from '../../i18n/error-text.ts';
import { personName } from '../../i18n/room-title.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { useClient } from '../../state/client-context.tsx';
import { usePerson } from '../../state/use-person.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ReportPanelProps {
  readonly message: Message;
  readonly seq: Seq;
  readonly room: RoomId;
  readonly onClose: () => void;
}

/** Tells the administrators of a message, and blocks who wrote it, where that is wanted. */
export function ReportPanel({ message: { sender: user }, seq, room, onClose }: ReportPanelProps) {
  const { t } = useTexts();
  const client = useClient();
  const name = personName(usePerson(user), t);
  const [reason, setReason] = useState<ReportReason>('spam');
  const [note, setNote] = useState('');
  const [include, setInclude] = useState(true);
  const [blocks, setBlocks] = useState(false);
  const [error, setError] = useState<string>();
  const [isSent, setSent] = useState(false);
  const send = async () => {
    const said = note.trim();
    const report = { room, seq, reason, include, ...(said !== '' && { note: said }) };
    try {
      if (blocks) await client.commands.block(user, report);
      else await client.api.postReport({ body: { user, ...report } });
      setSent(true);
    } catch (fault) {
      setError(errorText(fault, t));
    }
  };
  if (isSent) {
    return (
      <Panel title={t('report.message.title')} text={t('report.sent')} onClose={onClose}>
        <footer className="px-5 pb-4">
          <Button wide onClick={onClose}>
            {t('action.close')}
          </Button>
        </footer>
      </Panel>
    );
  }
  return (
    <Panel title={t('report.message.title')} text={t('report.message.text', { name })} onClose={onClose}>
      <div className="flex flex-col gap-3 overflow-y-auto px-5 pb-4">
        <fieldset>
          <legend className="mb-1 font-semibold text-small text-soft">{t('report.reason')}</legend>
          {reportReason.options.map((one) => (
            <label key={one} className="flex min-h-10 cursor-pointer items-center gap-3">
              <input
                type="radio"
                name="reason"
                checked={reason === one}
                onChange={() => setReason(one)}
                className="size-5"
              />
              {t(`report.reason.${one}`)}
            </label>
          ))}
        </fieldset>
        <TextField
          label={t('report.message.note')}
          value={note}
          onValue={setNote}
          maxLength={limits.REPORT_NOTE_CHARS_MAX}
          error={error}
        />
        <Choice text={t('report.include')} checked={include} onChange={setInclude} />
        <Choice text={t('report.block', { name })} checked={blocks} onChange={setBlocks} />
        <Button look="primary" wide onClick={() => void send()}>
          {t('report.message.send')}
        </Button>
      </div>
    </Panel>
  );
}

interface ChoiceProps {
  readonly text: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Choice({ text, checked, onChange }: ChoiceProps) {
  return (
    <label className="flex min-h-10 cursor-pointer items-center gap-3">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-5 shrink-0"
      />
      {text}
    </label>
  );
}
