import { Menu } from '@base-ui/react/menu';
import { CalendarClock, Check, ListTodo, MessageSquareText, Plus, Timer } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { timeSpan } from '../i18n/time-span.ts';
import type { TextKey } from '../i18n/translator.ts';
import { MenuItem } from '../ui/menu-item.tsx';
import type { WhyNotLater } from './why-not-later.ts';

/** Seconds that one message may stay. */
const TIMERS = [60, 3_600, 86_400, 604_800] as const;

interface ComposerMenuProps {
  /** Why it can't be sent later. */
  readonly notLater: WhyNotLater | undefined;
  readonly scheduledCount: number;
  readonly timer: number | undefined;
  readonly onTimer: (seconds: number | undefined) => void;
  readonly onOpen: (panel: 'schedule' | 'scheduled' | 'replies') => void;
}

const WHY = {
  edit: 'schedule.not.edit',
  empty: 'schedule.not.empty',
  tooLong: 'error.message-too-long',
} as const satisfies Record<WhyNotLater, TextKey>;

/** What else can be done with what is written. */
export function ComposerMenu({ notLater, scheduledCount, timer, onTimer, onOpen }: ComposerMenuProps) {
  const { t } = useTexts();
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        aria-label={t('composer.more')}
        title={t('composer.more')}
        className="inline-flex size-10 shrink-0 items-center justify-center rounded-full text-soft transition-colors hover:bg-hover hover:text-ink"
      >
        <Plus size={21} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner
          positionMethod="fixed"
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          className="z-10"
        >
          <Menu.Popup
            aria-label={t('composer.more')}
            className="max-h-(--available-height) min-w-60 overflow-y-auto rounded-panel bg-raised p-1.5 text-ink shadow-raised outline-none"
          >
            <MenuItem
              icon={CalendarClock}
              text={t('schedule.title')}
              why={notLater === undefined ? undefined : t(WHY[notLater])}
              disabled={notLater !== undefined}
              onPress={() => onOpen('schedule')}
            />
            <MenuItem
              icon={ListTodo}
              text={t('scheduled.count', { count: scheduledCount })}
              disabled={scheduledCount === 0}
              onPress={() => onOpen('scheduled')}
            />
            <MenuItem icon={MessageSquareText} text={t('replies.title')} onPress={() => onOpen('replies')} />
            <p className="mt-1 flex items-center gap-2 border-line border-t px-3 pt-2.5 pb-1 text-small text-soft">
              <Timer size={15} aria-hidden="true" />
              {t('timer.title')}
            </p>
            <Menu.RadioGroup
              value={timer ?? 0}
              onValueChange={(value: number) => onTimer(value || undefined)}
            >
              {[0, ...TIMERS].map((seconds) => (
                <Menu.RadioItem
                  key={seconds}
                  value={seconds}
                  closeOnClick
                  className="flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-3 outline-none data-highlighted:bg-hover"
                >
                  <span className="w-4.5">
                    <Menu.RadioItemIndicator>
                      <Check size={18} aria-hidden="true" className="text-accent" />
                    </Menu.RadioItemIndicator>
                  </span>
                  {seconds === 0 ? t('timer.none') : timeSpan(seconds, t)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
