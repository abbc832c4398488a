import type { MaruClient, Message, MessageOptions, RoomSnapshot } from '@maru/client';
import { composeText, type RoomId, type UserId } from '@maru/protocol';
import { useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { plainText } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';
import { pacedChanges } from '../state/paced-changes.ts';
import type { Purpose } from './purpose.ts';
import { useField } from './use-field.ts';
import { useFormat } from './use-format.ts';
import { useMentions } from './use-mentions.ts';
import { usePurpose } from './use-purpose.ts';
import { useQuickReplies } from './use-quick-replies.ts';
import { useSharedDraft } from './use-shared-draft.ts';

const MESSAGE: Purpose = { kind: 'message' };

/** Of so many events nothing is freed: the SDK keeps more. */
const NEAR_EVENTS = 400;

/**
 * What a composer does with what is written in it.
 *
 * @param onSent a message stands at the end of the conversation
 */
export function useComposer(
  snapshot: RoomSnapshot,
  purpose: Purpose,
  onPurpose: (purpose: Purpose) => void,
  onSent: () => void,
) {
  const { room } = snapshot;
  const client = useClient();
  const { t } = useTexts();
  const [error, setError] = useState<string>();
  const field = useField();
  const keep = useSharedDraft(field, snapshot);
  const noteWritten = () => {
    field.note();
    keep(purpose);
    setError(undefined);
    if (field.text() !== '') client.typing(room);
  };
  const mentions = useMentions(field, snapshot, noteWritten);
  const replies = useQuickReplies(field, noteWritten);
  const format = useFormat(field, noteWritten);
  const [timer, setTimer] = useState<number>();
  const written = () => {
    noteWritten();
    mentions.look();
    replies.look();
  };
  const takeAside = usePurpose(field, purpose, snapshot, (reason) => {
    goOn();
    setError(errorText(reason, t));
  });
  const canSend = !field.isEmpty && (field.left ?? 0) >= 0;

  /** Goes on with what was being written before, unless something new is. */
  const goOn = () => {
    const { text, purpose: next } = takeAside();
    if (field.text() !== '') return onPurpose(MESSAGE);
    field.put(text);
    onPurpose(next);
    keep(next);
  };
  /** @param at when it is to be sent; absent: now */
  const give = async (text: string, at: number | undefined): Promise<void> => {
    const composed = composeText(text, snapshot.members?.values() ?? [], { markup: true });
    const options = { entities: composed.entities, mentions: composed.mentions };
    const { commands } = client;
    const replyTo = purpose.kind === 'reply' ? { replyTo: purpose.seq } : {};
    const message = { ...options, ...replyTo, ...(timer !== undefined && { expiresAfter: timer }) };
    if (purpose.kind === 'edit') await commands.edit(room, purpose.seq, composed.text, options);
    else if (at !== undefined) await commands.schedule(room, composed.text, at, message);
    else {
      await sendAtEnd(client, room, composed.text, message);
      onSent();
    }
  };
  const send = async (at?: number) => {
    const text = field.text();
    if (!canSend) return;
    field.put('');
    mentions.close();
    format.hide();
    try {
      await give(text.trim(), at);
      setTimer(undefined);
      if (purpose.kind === 'edit') goOn();
      else onPurpose(MESSAGE);
    } catch (reason) {
      if (field.text() === '') field.put(text);
      setError(errorText(reason, t));
    }
  };
  /** Writes a message after all, and no answer and no other text. */
  const cancel = () => {
    if (purpose.kind === 'edit') {
      field.put('');
      goOn();
      return;
    }
    onPurpose(MESSAGE);
    keep(MESSAGE);
  };
  /** Changes the own message that was sent last; gives whether there is one, and nothing else is being written. */
  const editLast = (): boolean => {
    if (!field.isEmpty || purpose.kind !== 'message') return false;
    const last = lastOwn(snapshot, client.user);
    if (last?.seq === undefined) return false;
    onPurpose({ kind: 'edit', seq: last.seq });
    return true;
  };
  return {
    ...{ field, error, mentions, replies, format, timer, setTimer },
    ...{ canSend, written, send, cancel, editLast },
  };
}

/** What one sends is at the end: whoever is far from it comes there. Resolves when it is shown. */
async function sendAtEnd(
  client: MaruClient,
  room: RoomId,
  text: string,
  options: MessageOptions,
): Promise<void> {
  if (mayBeFar(client.room(room))) await client.jumpToEnd(room);
  await client.commands.send(room, text, options);
  pacedChanges(client).flush();
}

/** The text that somebody sent last, as far as it is loaded. */
function lastOwn({ messages }: RoomSnapshot, user: UserId): Message | undefined {
  return messages.findLast(
    ({ sender, seq, content }) => sender === user && seq !== undefined && plainText(content) !== undefined,
  );
}

/**
 * Whether what is loaded does not end where the room does, or reaches so far back that its end may be freed while the message
 * is on its way there.
 */
function mayBeFar(snapshot: RoomSnapshot | undefined): boolean {
  if (snapshot === undefined) return false;
  const numbers = snapshot.messages.flatMap(({ seq }) => seq ?? []);
  return !snapshot.atEnd || (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) > NEAR_EVENTS;
}
