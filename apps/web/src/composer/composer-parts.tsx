import type { RoomSnapshot } from '@maru/client';
import { ArrowUp, Check, Smile, Timer, X } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { timeSpan } from '../i18n/time-span.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ComposerMenu } from './composer-menu.tsx';
import type { ComposerPanel } from './composer-panels.tsx';
import { FormatBar } from './format-bar.tsx';
import { MentionList } from './mention-list.tsx';
import type { Purpose } from './purpose.ts';
import { PurposeLine } from './purpose-line.tsx';
import { QuickReplyList } from './quick-reply-list.tsx';
import type { useComposer } from './use-composer.ts';
import { useScheduled } from './use-scheduled.ts';
import { whyNotLater } from './why-not-later.ts';

type Composing = ReturnType<typeof useComposer>;

interface OffersProps extends Pick<Composing, 'mentions' | 'replies' | 'format'> {
  readonly id: string;
}

/** What is offered above the field for what is written or chosen in it. */
export function Offers({ id, mentions, replies, format }: OffersProps) {
  if (mentions.offer !== undefined)
    return (
      <MentionList id={id} people={mentions.offer.people} at={mentions.offer.at} onTake={mentions.take} />
    );
  if (replies.offer !== undefined) {
    const { replies: offered, at } = replies.offer;
    return <QuickReplyList id={id} replies={offered} at={at} onTake={replies.take} />;
  }
  return format.isChosen && <FormatBar onFormat={format.format} />;
}

interface SendButtonProps {
  readonly purpose: Purpose;
  readonly canSend: boolean;
  readonly onSend: () => void;
}

export function SendButton({ purpose, canSend, onSend }: SendButtonProps) {
  const { t } = useTexts();
  return (
    <span className="flex h-11 items-center ps-1">
      <IconButton
        icon={purpose.kind === 'edit' ? Check : ArrowUp}
        label={t(purpose.kind === 'edit' ? 'composer.save' : 'composer.send')}
        look="primary"
        disabled={!canSend}
        // The field keeps the focus, and a phone its keyboard.
        onPointerDown={(event) => event.preventDefault()}
        onClick={onSend}
      />
    </span>
  );
}

interface AboveProps {
  readonly snapshot: RoomSnapshot;
  readonly purpose: Purpose;
  readonly error: string | undefined;
  readonly timer: number | undefined;
  readonly onTimerOff: () => void;
  readonly onCancel: () => void;
}

/** What stands above the field: what the message is for, how long it stays, and what went wrong. */
export function Above({ snapshot, purpose, error, timer, onTimerOff, onCancel }: AboveProps) {
  const { t } = useTexts();
  return (
    <>
      <PurposeLine purpose={purpose} snapshot={snapshot} onCancel={onCancel} />
      {timer !== undefined && (
        <p className="mb-1 flex items-center gap-2 ps-3 text-link text-small">
          <Timer size={16} aria-hidden="true" />
          <span className="grow">{t('composer.timerOn', { span: timeSpan(timer, t) })}</span>
          <IconButton icon={X} label={t('action.cancel')} onClick={onTimerOff} />
        </p>
      )}
      {error !== undefined && (
        <p role="alert" className="px-3 pb-1.5 text-danger text-small">
          {error}
        </p>
      )}
    </>
  );
}

interface BesideProps {
  readonly snapshot: RoomSnapshot;
  readonly purpose: Purpose;
  readonly field: Composing['field'];
  readonly timer: number | undefined;
  readonly onTimer: (seconds: number | undefined) => void;
  readonly onOpen: (panel: ComposerPanel) => void;
}

/** What stands before the field. */
export function Beside({ snapshot, purpose, field, timer, onTimer, onOpen }: BesideProps) {
  const { t } = useTexts();
  const scheduled = useScheduled(snapshot.room);
  return (
    <span className="flex h-11 shrink-0 items-center pe-1">
      <ComposerMenu
        notLater={whyNotLater(purpose, field)}
        scheduledCount={scheduled.length}
        timer={timer}
        onTimer={onTimer}
        onOpen={onOpen}
      />
      <span className="max-md:hidden">
        <IconButton icon={Smile} label={t('composer.emoji')} onClick={() => onOpen('emoji')} />
      </span>
    </span>
  );
}
