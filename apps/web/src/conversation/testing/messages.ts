import type { Message } from '@maru/client';
import { newUserId, type Seq, type UserId } from '@maru/protocol';

export const other = newUserId();
export const third = newUserId();

/** A message that somebody else wrote. */
export function message(seq: number, sender: UserId, at: number, more: Partial<Message> = {}): Message {
  return {
    key: `m${seq}`,
    kind: 'message',
    seq: seq as Seq,
    clientMessageId: undefined,
    sender,
    at,
    content: { type: 'text', text: 'hello' },
    deleted: false,
    expired: false,
    expiresAfter: undefined,
    edited: false,
    forwarded: undefined,
    quote: undefined,
    reactions: [],
    mentionsMe: false,
    folded: false,
    change: undefined,
    state: 'received',
    waiting: undefined,
    error: undefined,
    receipts: undefined,
    unreadBy: undefined,
    ...more,
  };
}
