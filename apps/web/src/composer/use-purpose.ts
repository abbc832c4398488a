import type { Message, RoomSnapshot } from '@maru/client';
import { formatMarkup } from '@maru/protocol';
import { useEffect, useRef } from 'react';
import { entitiesOf, plainText } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';
import type { Purpose } from './purpose.ts';
import type { Field } from './use-field.ts';

/** What was being written when something else began. */
export interface PutAside {
  readonly text: string;
  readonly purpose: Purpose;
}

const NOTHING: PutAside = { text: '', purpose: { kind: 'message' } };

/**
 * Who answers or changes a message goes on writing: with its text, where it is to be changed. What was being written is
 * put aside until then.
 *
 * @param failed the text of the message can't be had
 * @returns what gives back what was put aside, once
 */
export function usePurpose(
  { element, put, text }: Field,
  purpose: Purpose,
  snapshot: RoomSnapshot,
  failed: (reason: unknown) => void,
): () => PutAside {
  const client = useClient();
  const latest = useRef({ put, text, snapshot, failed });
  latest.current = { put, text, snapshot, failed };
  const before = useRef(purpose);
  const aside = useRef(NOTHING);
  const { kind } = purpose;
  const seq = kind === 'message' ? undefined : purpose.seq;
  useEffect(() => {
    if (seq !== undefined || !isTouch()) element.current?.focus({ preventScroll: true });
    const { put: write, text: written, snapshot: now } = latest.current;
    const { current: former } = before;
    before.current = seq === undefined || kind === 'message' ? NOTHING.purpose : { kind, seq };
    if (kind !== 'edit' || seq === undefined || now.draft?.editOf === seq) return;
    if (former.kind !== 'edit') aside.current = { text: written(), purpose: former };
    const message = now.messages.find((one) => one.seq === seq);
    let isOver = false;
    const fill = async () => {
      try {
        const content = isPreview(message) ? await client.openBody(now.room, seq) : message?.content;
        if (!isOver) write(formatMarkup(plainText(content) ?? '', entitiesOf(content)));
      } catch (reason) {
        if (!isOver) latest.current.failed(reason);
      }
    };
    void fill();
    return () => {
      isOver = true;
    };
  }, [client, element, kind, seq]);
  return () => {
    const { current: given } = aside;
    aside.current = NOTHING;
    return given;
  };
}

/** On a phone the keyboard comes when the user wants to write, and hides half of the conversation. */
function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

function isPreview(message: Message | undefined): boolean {
  const content = message?.content;
  return content !== undefined && 'long' in content && content.long !== undefined;
}
