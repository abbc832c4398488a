import type { Quote } from '@maru/client';
import { useState } from 'react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { usePerson } from '../state/use-person.ts';
import { useConversation } from './conversation-context.ts';
import { quoteText } from './quote-text.ts';

/** What a message answers; a press on it goes there. */
export function QuoteBlock({ quote }: { readonly quote: Quote }) {
  const { t } = useTexts();
  const client = useClient();
  const { goTo } = useConversation();
  const sender = usePerson('sender' in quote ? quote.sender : undefined);
  const [isUnfolded, setUnfolded] = useState(false);
  const folded = quote.kind === 'message' && quote.folded === true && !isUnfolded;
  const name = folded
    ? undefined
    : 'sender' in quote
      ? quote.sender === client.user
        ? t('person.you')
        : personName(sender, t)
      : undefined;
  return (
    <button
      type="button"
      disabled={quote.kind === 'hidden'}
      onClick={() => (folded ? setUnfolded(true) : goTo(quote.seq))}
      className="mb-1 flex min-h-10 w-full min-w-0 flex-col justify-center rounded-joint border-accent border-s-3 bg-accent/8 py-1 ps-2 pe-2.5 text-start text-small"
    >
      {name !== undefined && <bdi className="max-w-full truncate font-semibold text-link">{name}</bdi>}
      <bdi className="max-w-full truncate">
        {folded ? t('message.folded') : quoteText(quote, t, isUnfolded)}
      </bdi>
    </button>
  );
}
