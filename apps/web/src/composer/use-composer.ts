import type { Message, RoomSnapshot } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { useRef, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { plainText } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';
import { give } from './give.ts';
import type { Purpose } from './purpose.ts';
import { useField } from './use-field.ts';
import { useFormat } from './use-format.ts';
import { useMentions } from './use-mentions.ts';
import { usePurpose } from './use-purpose.ts';
import { useQuickReplies } from './use-quick-replies.ts';
import { useSharedDraft } from './use-shared-draft.ts';

const MESSAGE: Purpose = { kind: 'message' };

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
  /** A change is being stored, and what was written before it comes back behind that. */
  const isEditing = useRef(false);
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
  const goOnWith = (next: Purpose, seconds: number | undefined) => {
    onPurpose(next);
    setTimer(seconds);
  };
  const send = async (at?: number) => {
    const text = field.text();
    if (!canSend || isEditing.current) return;
    const isEdit = purpose.kind === 'edit';
    isEditing.current = isEdit;
    field.put('');
    mentions.close();
    format.hide();
    try {
      const giving = give(client, snapshot, { text: text.trim(), purpose, timer, at });
      // What is begun from here on is another message.
      if (!isEdit) goOnWith(MESSAGE, undefined);
      if (await giving) onSent();
      if (isEdit) goOn();
    } catch (reason) {
      if (field.text() === '') {
        field.put(text);
        goOnWith(purpose, timer);
        keep(purpose);
      }
      setError(errorText(reason, t));
    } finally {
      isEditing.current = false;
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

/** The text that somebody sent last, as far as it is loaded. */
function lastOwn({ messages }: RoomSnapshot, user: UserId): Message | undefined {
  return messages.findLast(
    ({ sender, seq, content }) => sender === user && seq !== undefined && plainText(content) !== undefined,
  );
}
