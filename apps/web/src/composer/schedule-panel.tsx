import { useState } from 'react';
import { isSameDay } from '../i18n/moments.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useNow } from '../state/use-now.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/overlay-store.ts';
import { Panel } from '../ui/panel.tsx';
import { localInput, scheduleTimes } from './schedule-times.ts';

interface SchedulePanelProps {
  readonly onChoose: (at: number) => void;
  readonly onClose: () => void;
}

/** When something is to be sent. */
export function SchedulePanel({ onChoose, onClose }: SchedulePanelProps) {
  const { t, moments } = useTexts();
  const now = useNow();
  const times = scheduleTimes(now);
  const [chosen, setChosen] = useState(() => localInput(times[0]?.at ?? now));
  const at = new Date(chosen).getTime();
  const momentOf = (when: number) => {
    const day = isSameDay(when, now) ? moments.day(when, now) : moments.short(when, now);
    return `${day} ${moments.time(when)}`;
  };
  const choose = (when: number) => {
    onChoose(when);
    onClose();
    say(t('scheduled.done', { when: momentOf(when) }));
  };
  return (
    <Panel title={t('schedule.title')} text={t('schedule.text')} onClose={onClose}>
      <div className="flex flex-col gap-2 overflow-y-auto px-5 pb-5">
        {times.map((time) => (
          <button
            key={time.name}
            type="button"
            onClick={() => choose(time.at)}
            className="flex min-h-11 items-center justify-between gap-4 rounded-control bg-field px-4 hover:bg-hover"
          >
            <span className="text-start font-medium">{t(`schedule.${time.name}`)}</span>
            <span className="shrink-0 text-end text-small text-soft">{momentOf(time.at)}</span>
          </button>
        ))}
        <label className="mt-2 flex flex-col gap-1 font-semibold text-small text-soft">
          {t('schedule.other')}
          <input
            type="datetime-local"
            value={chosen}
            min={localInput(now)}
            onChange={({ target }) => setChosen(target.value)}
            className="h-11 rounded-control border border-control bg-field px-3 font-normal text-ink text-input"
          />
        </label>
        <Button look="primary" wide disabled={!(at > now)} onClick={() => choose(at)}>
          {t('schedule.send')}
        </Button>
      </div>
    </Panel>
  );
}
