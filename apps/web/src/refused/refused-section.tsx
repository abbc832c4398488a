import type { DeadLetter } from '@maru/client';
import type { ErrorCode } from '@maru/protocol';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { giveAgain } from './give-again.ts';
import { whatWas } from './what-was.ts';

/** Given again, these are refused again: what was asked for is done already, or never can be. */
const NEVER: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'already-deleted',
  'already-member',
  'already-sent',
  'bad-request',
  'content-too-large',
  'message-empty',
  'message-too-long',
  'room-exists',
  'text-malformed',
  'too-many',
  'unknown-kind',
]);

/** What the server refused for good: why, and what can be done about each. */
export function RefusedSection() {
  const { t } = useTexts();
  const letters = useClientValue(({ deadLetters }) => deadLetters);
  if (letters.length === 0) return null;
  return (
    <Section title={t('refused.title')} hint={t('refused.hint')}>
      <ul>
        {letters.map((letter) => (
          <Letter key={`${letter.room} ${letter.clientMessageId}`} letter={letter} />
        ))}
      </ul>
    </Section>
  );
}

function Letter({ letter }: { readonly letter: DeadLetter }) {
  const { t } = useTexts();
  const client = useClient();
  const act = useAct();
  const { what, room, reason } = whatWas(letter, client, t);
  const { commands } = client;
  const { room: id, clientMessageId, error } = letter;
  return (
    <li className="flex flex-col gap-0.5 border-line border-t px-3.5 pt-2.5 pb-1 first:border-t-0">
      <p>
        {what} · <bdi className="break-words">{room}</bdi>
      </p>
      <p className="text-danger text-small">{reason}</p>
      <p className="-mx-3 flex flex-wrap">
        {!NEVER.has(error.code) && (
          <Button look="plain" onClick={() => void act(() => giveAgain(client, id, clientMessageId))}>
            {t('app.tryAgain')}
          </Button>
        )}
        <Button look="plain" onClick={() => void act(() => commands.discard(id, clientMessageId))}>
          {t('refused.dismiss')}
        </Button>
      </p>
    </li>
  );
}
