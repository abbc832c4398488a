import type { RoomSnapshot } from '@maru/client';
import { Pencil, Reply, X } from 'lucide-react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { lineOf } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';
import { usePerson } from '../state/use-person.ts';
import { IconButton } from '../ui/icon-button.tsx';
import type { Purpose } from './purpose.ts';

interface PurposeLineProps {
  readonly purpose: Purpose;
  readonly snapshot: RoomSnapshot;
  readonly onCancel: () => void;
}

/** What is answered or changed, above what is written. */
export function PurposeLine({ purpose, snapshot, onCancel }: PurposeLineProps) {
  const { t } = useTexts();
  const { user } = useClient();
  const seq = purpose.kind === 'message' ? undefined : purpose.seq;
  const message = seq === undefined ? undefined : snapshot.messages.find((one) => one.seq === seq);
  const sender = usePerson(message?.sender);
  if (seq === undefined) return null;
  const Icon = purpose.kind === 'edit' ? Pencil : Reply;
  const name = message?.sender === user ? t('person.you') : personName(sender, t);
  return (
    <div className="mb-1.5 flex items-center gap-2 ps-2">
      <Icon size={19} aria-hidden="true" className="shrink-0 text-accent" />
      <div className="min-w-0 grow border-accent border-s-3 ps-2 text-small">
        <p className="truncate font-semibold text-link">
          {purpose.kind === 'edit' ? t('composer.editing') : t('composer.replying', { name })}
        </p>
        <p className="truncate text-soft">
          <bdi>{lineOf(message?.content) ?? t('quote.awaited')}</bdi>
        </p>
      </div>
      <IconButton icon={X} label={t('action.cancel')} onClick={onCancel} />
    </div>
  );
}
