import type { Message, RoomSnapshot } from '@maru/client';
import { useEffect, useRef, useState } from 'react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { lineOf } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';

/** What comes at once beyond that is left to who reads on. */
const SAID_MAX = 3;

interface Said {
  readonly key: string;
  readonly text: string;
}

/**
 * Tells who hears the page what others say while a conversation is open: each message once, nothing that was there
 * before, and nothing that one has written oneself. The list itself is silent: scrolling puts old messages into it.
 */
export function Announcer({ snapshot: { messages, latest } }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const client = useClient();
  const heard = useRef<number>(latest?.seq ?? 0);
  const [said, setSaid] = useState<readonly Said[]>([]);
  useEffect(() => {
    const { current: after } = heard;
    const fresh = messages.filter(isNews).filter(({ seq = 0 }) => seq > after);
    const last = fresh.at(-1)?.seq;
    if (last === undefined) return;
    heard.current = last;
    setSaid(
      fresh.slice(-SAID_MAX).map(({ key, sender, content }) => {
        const name = personName(client.person(sender), t);
        return { key, text: t('conversation.said', { name, text: lineOf(content) ?? t('message.unknown') }) };
      }),
    );
  }, [client, messages, t]);
  return (
    <div role="status" className="sr-only">
      {said.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}

function isNews({ kind, state, folded, content }: Message): boolean {
  return kind === 'message' && state === 'received' && !folded && content !== undefined;
}
