import type { RoomSnapshot } from '@maru/client';
import { Timer } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { timeSpan } from '../i18n/time-span.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { InfoRow, SelectRow } from '../ui/row.tsx';

/** Seconds; what somebody chose elsewhere is offered beside them. */
const TIMERS_S = [0, 3_600, 86_400, 604_800, 2_592_000] as const;

/** How long messages stay. */
export function TimerRow({ snapshot: { room, facts, can } }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const { expiresAfter = 0 } = facts;
  const shown = (seconds: number) => (seconds === 0 ? t('details.timerOff') : timeSpan(seconds, t));
  if (!can['set-timer'])
    return <InfoRow icon={Timer} title={t('details.timer')} text={shown(expiresAfter)} />;
  const offered = [...new Set([...TIMERS_S, expiresAfter])].sort((a, b) => a - b);
  return (
    <SelectRow
      icon={Timer}
      title={t('details.timer')}
      choices={offered.map((seconds) => ({ value: String(seconds), text: shown(seconds) }))}
      chosen={String(expiresAfter)}
      onChoose={(seconds) => void act(() => commands.setTimer(room, Number(seconds)))}
    />
  );
}
