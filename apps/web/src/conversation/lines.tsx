import type { Message } from '@maru/client';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { usePerson } from '../state/use-person.ts';
import { useConversation } from './conversation-context.ts';
import { eventText } from './event-text.ts';

/** A pill in the middle that says the day. */
export function DayLine({ at, now }: { readonly at: number; readonly now: number }) {
  const { moments } = useTexts();
  return (
    <div className="flex justify-center px-4 pt-4 pb-1">
      <time className="rounded-full bg-surface px-3 py-1 text-small text-soft shadow-bubble">
        {moments.day(at, now)}
      </time>
    </div>
  );
}

/** Where the new messages begin. */
export function NewLine() {
  const { t } = useTexts();
  return (
    <div className="mt-3 flex items-center gap-3 px-4 text-link text-small">
      <span className="h-px grow bg-accent/40" />
      {t('conversation.new')}
      <span className="h-px grow bg-accent/40" />
    </div>
  );
}

/** Something that happened to the room. */
export function EventLine({ message }: { readonly message: Message }) {
  const { t } = useTexts();
  const { roomKind } = useConversation();
  const kind = roomKind === 'channel' ? 'channel' : 'group';
  const client = useClient();
  // Names in the sentence follow those who are known: the sender by this, others with the next change.
  usePerson(message.sender);
  return (
    <p className="px-8 py-1.5 text-center text-small text-soft [unicode-bidi:isolate]" dir="auto">
      {eventText(message, { t, me: client.user, kind, person: (user) => client.person(user) })}
    </p>
  );
}
