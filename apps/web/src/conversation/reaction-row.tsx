import type { Message } from '@maru/client';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useConversation } from './conversation-context.ts';

/** What people put on a message; a press puts the user's own there, or takes it off. */
export function ReactionRow({ message: { seq, reactions } }: { readonly message: Message }) {
  const { t } = useTexts();
  const client = useClient();
  const { room } = useConversation();
  if (seq === undefined || reactions.length === 0) return null;
  return (
    // A touch is taken from what lies between two lines of them, too.
    <div className="mt-1 flex flex-wrap gap-x-1 gap-y-3">
      {reactions.map(({ reaction, count, mine }) => (
        <button
          key={reaction}
          type="button"
          aria-pressed={mine}
          aria-label={t('reaction.count', { reaction, count })}
          onClick={() => void client.commands.react(room, seq, reaction, !mine)}
          className={`relative inline-flex h-7 items-center before:absolute before:-inset-y-1.75 before:inset-x-0 gap-1 rounded-full border px-2 text-small tabular-nums ${mine ? 'border-accent bg-selected text-ink' : 'border-line bg-raised text-soft'}`}
        >
          <span className="font-emoji text-body">{reaction}</span>
          {count > 1 && count}
        </button>
      ))}
    </div>
  );
}
