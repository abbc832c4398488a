import { expect, test } from 'bun:test';
import { linkIdOf, newLinkSecret, newRoomId, newUserId, type Seq } from '@maru/protocol';
import { type TailRecord, tailLine } from './tail-line.ts';

const SENDER = { user: newUserId(), handle: 'mina', name: 'Mina' };
const LINK = linkIdOf(newLinkSecret(new Uint8Array(16)));
const AT = new Date(2026, 0, 2, 9, 5).getTime();

function record(more: Partial<TailRecord>): TailRecord {
  return {
    room: newRoomId(),
    roomKind: 'direct',
    roomName: undefined,
    seq: 7,
    kind: 'message',
    at: AT,
    sentAt: undefined,
    sender: SENDER,
    own: false,
    text: undefined,
    entities: undefined,
    content: undefined,
    refersTo: undefined,
    expiresAt: undefined,
    forwarded: undefined,
    replyTo: undefined,
    mentions: undefined,
    mentionsAll: undefined,
    change: undefined,
    ...more,
  };
}

function expired(count: number): Partial<TailRecord> {
  const seqs = Array.from({ length: count }, (_, index) => (index + 1) as Seq);
  return { kind: 'expired', change: { type: 'expired', messages: [{ sender: newUserId(), seqs }] } };
}

function timer(seconds: number): Partial<TailRecord> {
  return { kind: 'timer-set', change: { type: 'timer-set', seconds } };
}

test.each<[string, Partial<TailRecord>]>([
  ['09:05 Mina: 안녕', { text: '안녕' }],
  ['09:05 team | Mina: hi', { text: 'hi', roomName: 'team', roomKind: 'group' }],
  ['10:15 Mina: long ago', { text: 'long ago', sentAt: new Date(2004, 10, 15, 10, 15).getTime() }],
  ['09:05 @mina: no name', { text: 'no name', sender: { ...SENDER, name: '' } }],
  ['09:05 somebody: gone', { text: 'gone', sender: { ...SENDER, name: '', handle: undefined } }],
  ['09:05 Mina to #3: yes', { text: 'yes', replyTo: 3 }],
  ['09:05 Mina (forwarded): yes', { text: 'yes', forwarded: {} }],
  ['09:05 Mina: (deleted)', {}],
  ['09:05 Mina: (expired)', { expiresAt: AT }],
  ['09:05 * 1 message expired', expired(1)],
  ['09:05 * 3 messages expired', expired(3)],
  ['09:05 * Mina lets messages vanish after 1h', timer(3_600)],
  ['09:05 * Mina lets messages stay for ever', timer(0)],
  ['09:05 Mina: (media)', { content: { type: 'media' } }],
  ['09:05 Mina: === Mina has joined', { content: { type: 'log-line', line: '=== Mina has joined' } }],
  ['09:05 Mina changed #3: better', { kind: 'edit', refersTo: 3, text: 'better' }],
  ['09:05 Mina deleted #3', { kind: 'deletion', refersTo: 3 }],
  [
    '09:05 Mina put 👍 on #3',
    { kind: 'reaction', refersTo: 3, change: { type: 'reacted', reaction: '👍', on: true } },
  ],
  [
    '09:05 Mina took 👍 off #3',
    { kind: 'reaction', refersTo: 3, change: { type: 'reacted', reaction: '👍', on: false } },
  ],
  ['09:05 Mina reacted to #3', { kind: 'reaction', refersTo: 3 }],
  ['09:05 * Mina pinned #3', { kind: 'pinned', refersTo: 3, change: { type: 'pinned', on: true } }],
  ['09:05 * Mina took down #3', { kind: 'pinned', refersTo: 3, change: { type: 'pinned', on: false } }],
  ['09:05 * Mina began this conversation', { kind: 'created' }],
  ['09:05 * Mina named this 마루', { kind: 'renamed', change: { type: 'renamed', name: '마루' } }],
  [
    '09:05 * Mina added 2 people',
    { kind: 'joined', change: { type: 'joined', users: [newUserId(), newUserId()] } },
  ],
  [
    '09:05 * Mina joined by a link',
    { kind: 'joined', change: { type: 'joined', users: [SENDER.user], link: LINK } },
  ],
  ['09:05 * Mina is here again', { kind: 'joined', change: { type: 'joined', users: [SENDER.user] } }],
  ['09:05 * Mina asked to be contacts', { kind: 'related', change: { type: 'related', act: 'request' } }],
  ['09:05 * Mina ended the block', { kind: 'related', change: { type: 'related', act: 'unblock' } }],
  ['09:05 * Mina', { kind: 'related' }],
  [
    '09:05 * Mina let somebody in',
    { kind: 'joined', change: { type: 'joined', users: [newUserId()], link: LINK } },
  ],
  [
    '09:05 * Mina asks to join no more',
    { kind: 'join-refused', change: { type: 'join-refused', user: SENDER.user } },
  ],
  ['09:05 * Mina asks to join', { kind: 'join-requested', change: { type: 'join-requested', link: LINK } }],
  [
    '09:05 * Mina set a role: administrator',
    { kind: 'role-set', change: { type: 'role-set', user: newUserId(), role: 'administrator' } },
  ],
  [
    '09:05 * Mina set who may do what here',
    { kind: 'rights-set', change: { type: 'rights-set', rights: { send: 'owner' } } },
  ],
  [
    '09:05 * Mina set slow mode: 30 s',
    { kind: 'slow-mode-set', change: { type: 'slow-mode-set', seconds: 30 } },
  ],
  [
    '09:05 * Mina made a link into this group',
    { roomKind: 'group', kind: 'link-made', change: { type: 'link-made', link: LINK } as never },
  ],
  [
    '09:05 * Mina made a link into this channel',
    { roomKind: 'channel', kind: 'link-made', change: { type: 'link-made', link: LINK } as never },
  ],
  [
    '09:05 * Mina revoked a link into this channel',
    { roomKind: 'channel', kind: 'link-revoked', change: { type: 'link-revoked', link: LINK } },
  ],
  ['09:05 * Mina left', { kind: 'left', change: { type: 'left' } }],
  ['09:05 * Mina removed somebody', { kind: 'removed', change: { type: 'removed', user: newUserId() } }],
  ['09:05 * Mina: something-new', { kind: 'something-new' }],
])('%s', (line, more) => {
  expect(tailLine(record(more))).toBe(line);
});
