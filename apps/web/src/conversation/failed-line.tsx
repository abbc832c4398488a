import type { Message } from '@maru/client';
import { refusalText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { giveAgain } from '../refused/give-again.ts';
import { useClient } from '../state/client-context.tsx';
import { useConversation } from './conversation-context.ts';

/** Why a message was not sent, and what can be done about it. */
export function FailedLine({ message: { clientMessageId, error } }: { readonly message: Message }) {
  const { t } = useTexts();
  const client = useClient();
  const { room } = useConversation();
  if (clientMessageId === undefined || error === undefined) return null;
  return (
    <div className="clear-both mt-1 flex flex-wrap items-center gap-x-4 border-danger border-t pt-1 text-small">
      <span className="text-danger">{refusalText(error, t)}</span>
      <button
        type="button"
        onClick={() => void giveAgain(client, room, clientMessageId)}
        className="min-h-10 font-semibold text-link"
      >
        {t('message.resend')}
      </button>
      <button
        type="button"
        onClick={() => void client.commands.discard(room, clientMessageId)}
        className="min-h-10 font-semibold text-danger"
      >
        {t('message.discard')}
      </button>
    </div>
  );
}
