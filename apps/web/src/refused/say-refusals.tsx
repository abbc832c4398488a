import type { DeadLetter } from '@maru/client';
import { useEffect, useRef } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { go, isRoomOpen } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { say } from '../ui/overlay-store.ts';
import { whatWas } from './what-was.ts';

/**
 * Says at once what the server refuses for good, whenever it was asked for, and leads to the list of it. What was refused
 * before the page was opened stands there only.
 */
export function SayRefusals() {
  const { t } = useTexts();
  const client = useClient();
  const letters = useClientValue(({ deadLetters }) => deadLetters);
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = new Set(letters.map(keyOf));
    const fresh = letters.filter(
      (letter) => before?.has(keyOf(letter)) === false && !isSaidElsewhere(letter),
    );
    const last = fresh.at(-1);
    if (last === undefined) return;
    const { what, room, reason } = whatWas(last, client, t);
    const text = t('refused.said', { what, room, reason });
    const show = { text: t('refused.show'), press: () => go({ kind: 'setting', page: 'connection' }) };
    say(text, { failed: true, act: show });
  }, [client, letters, t]);
  return null;
}

/** A message, and the conversation that is open, say it themselves; who follows a link is told where that leads. */
function isSaidElsewhere({ room, command: { kind } }: DeadLetter): boolean {
  if (kind !== 'create') return kind === 'send' || kind === 'join';
  return isRoomOpen(room);
}

const keyOf = ({ room, clientMessageId }: DeadLetter) => `${room} ${clientMessageId}`;
