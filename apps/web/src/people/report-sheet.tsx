import { limits, type ReportReason, type RoomId, reportReason, type UserId } from '@maru/protocol';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { SelectRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useRelationActs } from './use-relation-acts.ts';

interface ReportSheetProps {
  readonly peer: UserId;
  readonly name: string;
  readonly room: RoomId;
  readonly onClose: () => void;
}

/** Blocks somebody, and tells those who look after the server why: both in one step. */
export function ReportSheet({ peer, name, room, onClose }: ReportSheetProps) {
  const { t } = useTexts();
  const acts = useRelationActs(peer, name);
  const [reason, setReason] = useState<ReportReason>('spam');
  const [note, setNote] = useState('');
  const report = async () => {
    if (await acts.block({ room, reason, ...(note.trim() !== '' && { note: note.trim() }) })) onClose();
  };
  return (
    <Sheet title={t('report.title', { name })} onClose={onClose}>
      <p className="text-soft">{t('report.text')}</p>
      <Section>
        <SelectRow
          title={t('report.reason')}
          choices={reportReason.options.map((value) => ({ value, text: t(`report.reason.${value}`) }))}
          chosen={reason}
          onChoose={setReason}
        />
      </Section>
      <TextField
        label={t('report.note')}
        hint={t('report.noteHint')}
        value={note}
        onValue={setNote}
        maxLength={limits.REPORT_NOTE_CHARS_MAX}
        autoComplete="off"
      />
      <Button look="primary" onClick={() => void report()}>
        {t('report.send')}
      </Button>
    </Sheet>
  );
}
