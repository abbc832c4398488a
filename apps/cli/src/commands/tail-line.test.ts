import { expect, test } from 'bun:test';
import { newRoomId, newUserId } from '@maru/protocol';
import { type TailRecord, tailLine } from './tail-line.ts';

const SENDER = { user: newUserId(), handle: 'mina', name: 'Mina' };
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
    mentions: undefined,
    mentionsAll: undefined,
    change: undefined,
    ...more,
  };
}

test.each<[string, Partial<TailRecord>]>([
  ['09:05 Mina: 안녕', { text: '안녕' }],
  ['09:05 team | Mina: hi', { text: 'hi', roomName: 'team', roomKind: 'group' }],
  ['10:15 Mina: long ago', { text: 'long ago', sentAt: new Date(2004, 10, 15, 10, 15).getTime() }],
  ['09:05 @mina: no name', { text: 'no name', sender: { ...SENDER, name: '' } }],
  ['09:05 somebody: gone', { text: 'gone', sender: { ...SENDER, name: '', handle: undefined } }],
  ['09:05 Mina: (deleted)', {}],
  ['09:05 Mina: (media)', { content: { type: 'media' } }],
  ['09:05 Mina: === Mina has joined', { content: { type: 'log-line', line: '=== Mina has joined' } }],
  ['09:05 Mina changed #3: better', { kind: 'edit', refersTo: 3, text: 'better' }],
  ['09:05 Mina deleted #3', { kind: 'deletion', refersTo: 3 }],
  ['09:05 * Mina began this conversation', { kind: 'created' }],
  ['09:05 * Mina named this 마루', { kind: 'renamed', change: { type: 'renamed', name: '마루' } }],
  [
    '09:05 * Mina added 2 people',
    { kind: 'joined', change: { type: 'joined', users: [newUserId(), newUserId()] } },
  ],
  ['09:05 * Mina left', { kind: 'left', change: { type: 'left' } }],
  ['09:05 * Mina removed somebody', { kind: 'removed', change: { type: 'removed', user: newUserId() } }],
  ['09:05 * Mina: something-new', { kind: 'something-new' }],
])('%s', (line, more) => {
  expect(tailLine(record(more))).toBe(line);
});
