import type { LinkCode, RoomId } from '@maru/protocol';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { timeSpan } from '../i18n/time-span.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { Button } from '../ui/button.tsx';
import { SelectRow, SwitchRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** Seconds for which a link is good, and how many come in by it; 0: without an end. */
const SPANS_S = [0, 3_600, 86_400, 604_800, 2_592_000] as const;
const USES = [0, 1, 5, 10, 100] as const;

interface NewLinkSheetProps {
  readonly room: RoomId;
  readonly onMade: (code: LinkCode) => void;
  readonly onClose: () => void;
}

/** Makes a link into a group, with the ends and the door that the user wants. */
export function NewLinkSheet({ room, onMade, onClose }: NewLinkSheetProps) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const [span, setSpan] = useState('0');
  const [uses, setUses] = useState('0');
  const [approval, setApproval] = useState(false);
  const make = () =>
    act(async () => {
      const made = await commands.makeLink(room, {
        approval,
        ...(span !== '0' && { expiresAt: Date.now() + Number(span) * 1_000 }),
        ...(uses !== '0' && { usesMax: Number(uses) }),
      });
      onMade(made.code);
      return made.sending;
    });
  return (
    <Sheet title={t('links.make')} onClose={onClose}>
      <Section hint={approval ? t('links.approvalHint') : undefined}>
        <SelectRow
          title={t('links.goodFor')}
          choices={SPANS_S.map((seconds) => ({
            value: String(seconds),
            text: seconds === 0 ? t('links.forEver') : timeSpan(seconds, t),
          }))}
          chosen={span}
          onChoose={setSpan}
        />
        <SelectRow
          title={t('links.uses')}
          choices={USES.map((count) => ({
            value: String(count),
            text: count === 0 ? t('links.anyNumber') : t('links.people', { count }),
          }))}
          chosen={uses}
          onChoose={setUses}
        />
        <SwitchRow title={t('links.approval')} on={approval} onSwitch={setApproval} />
      </Section>
      <Button look="primary" onClick={() => void make()}>
        {t('links.makeIt')}
      </Button>
    </Sheet>
  );
}
