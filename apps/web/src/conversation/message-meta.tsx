import type { Message } from '@maru/client';
import { Check, CheckCheck, CircleAlert, Clock, Star, Timer } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { useConversation } from './conversation-context.ts';

const ICON_PIXELS = 15;

/** The time of a message, and how far it has come. */
export function MessageMeta({ message }: { readonly message: Message }) {
  const { t, moments } = useTexts();
  const { room, openPanel } = useConversation();
  const { seq } = message;
  const isStarred = useClientValue((client) => seq !== undefined && client.room(room)?.stars.includes(seq));
  const own = message.state !== 'received';
  return (
    <span
      className={`float-end ms-2.5 mt-1.5 -me-0.5 -mb-0.5 inline-flex items-center gap-1 whitespace-nowrap text-tiny ${own ? 'text-own-soft' : 'text-faint'}`}
    >
      {message.expiresAfter !== undefined && <Timer size={12} aria-label={t('message.vanishes')} />}
      {isStarred === true && <Star size={12} fill="currentColor" aria-label={t('message.starred')} />}
      {message.edited && !message.deleted && (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => openPanel({ kind: 'versions', message })}
          className="hover:underline"
        >
          {t('message.edited')}
        </button>
      )}
      <time dateTime={new Date(message.at).toISOString()} title={moments.full(message.at)}>
        <bdi>{moments.time(message.at)}</bdi>
      </time>
      <StateMark state={message.state} />
    </span>
  );
}

function StateMark({ state }: Pick<Message, 'state'>) {
  const { t } = useTexts();
  switch (state) {
    case 'received':
      return null;
    case 'pending':
      return <Clock size={12} aria-label={t('message.pending')} />;
    case 'sent':
      return <Check size={ICON_PIXELS} aria-label={t('message.sent')} />;
    case 'delivered':
      return <CheckCheck size={ICON_PIXELS} aria-label={t('message.delivered')} />;
    case 'read':
      return (
        <CheckCheck
          size={ICON_PIXELS}
          className="text-accent"
          strokeWidth={2.5}
          aria-label={t('message.read')}
        />
      );
    case 'failed':
      return <CircleAlert size={ICON_PIXELS} className="text-danger" aria-label={t('message.failed')} />;
  }
}
