import type { RoomSnapshot } from '@maru/client';
import { type HistorySetting, levelOf, rightLevel, roomRight } from '@maru/protocol';
import { History, Hourglass, PenLine } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { timeSpan } from '../i18n/time-span.ts';
import { TimerRow } from '../rooms/timer-row.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { InfoRow, SelectRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';

/** Seconds between two messages of a member. */
const SLOW_S = [0, 10, 30, 60, 300, 3_600] as const;
const HISTORIES = ['all', 'since-joined'] as const satisfies readonly HistorySetting[];

/** What holds in a group, and who may do what; who may changes it. */
export function RulesSection({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const { room, facts, can, history = 'all' } = snapshot;
  const { slowMode = 0 } = facts;
  const slow = (seconds: number) => (seconds === 0 ? t('rules.slowOff') : timeSpan(seconds, t));
  return (
    <>
      <Section title={t('rules.title')}>
        <TimerRow snapshot={snapshot} />
        {can.history ? (
          <SelectRow
            icon={History}
            title={t('rules.history')}
            choices={HISTORIES.map((value) => ({ value, text: t(`rules.history.${value}`) }))}
            chosen={history}
            onChoose={(value) => void act(() => commands.setHistory(room, value))}
          />
        ) : (
          <InfoRow icon={History} title={t('rules.history')} text={t(`rules.history.${history}`)} />
        )}
        {can['set-slow-mode'] ? (
          <SelectRow
            icon={Hourglass}
            title={t('rules.slow')}
            choices={[...new Set([...SLOW_S, slowMode])]
              .sort((a, b) => a - b)
              .map((seconds) => ({ value: String(seconds), text: slow(seconds) }))}
            chosen={String(slowMode)}
            onChoose={(seconds) => void act(() => commands.setSlowMode(room, Number(seconds)))}
          />
        ) : (
          slowMode > 0 && <InfoRow icon={Hourglass} title={t('rules.slow')} text={slow(slowMode)} />
        )}
      </Section>
      {!can['set-rights'] && snapshot.roomKind === 'channel' && (
        <Section>
          <InfoRow
            icon={PenLine}
            title={t('channels.whoWrites')}
            text={t(`rules.level.${levelOf(facts, 'send')}`)}
          />
        </Section>
      )}
      {can['set-rights'] && (
        <Section title={t('rules.rights')}>
          {roomRight.options.map((right) => (
            <SelectRow
              key={right}
              title={t(`rules.right.${right}`)}
              choices={rightLevel.options.map((value) => ({ value, text: t(`rules.level.${value}`) }))}
              chosen={levelOf(facts, right)}
              onChoose={(level) => void act(() => commands.setRights(room, { [right]: level }))}
            />
          ))}
        </Section>
      )}
    </>
  );
}
