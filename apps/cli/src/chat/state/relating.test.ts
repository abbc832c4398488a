import { describe, expect, test } from 'bun:test';
import type { DeadLetter, RoomSnapshot } from '@maru/client';
import { refusal } from '@maru/protocol';
import { directRoom, fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
import { initialUi, type Ui } from './ui.ts';
import { update } from './update.ts';
import type { World } from './world.ts';

const listedJun = { ...jun, status: '', avatar: undefined };

/** What comes of a line that is written in a room and sent off with Enter. */
function writes(line: string, world: World, more: Partial<Ui> = {}) {
  const ui: Ui = { ...initialUi(80, 24, true), room: world.room?.room, listOnly: false, ...more };
  const written = update(ui, { kind: 'text', text: line }, world);
  return update(written.ui, { kind: 'key', chord: 'enter' }, world);
}

const stranger = (more: Partial<RoomSnapshot> = {}) =>
  fakeWorld([directRoom({ relation: { state: 'stranger', seq: 0, pending: false }, ...more })]);
const user = jun.user;

describe('of the other of the open room', () => {
  test.each([
    ['/accept', { kind: 'relate', act: 'accept', user }],
    ['/수락', { kind: 'relate', act: 'accept', user }],
    ['/refuse', { kind: 'relate', act: 'refuse', user }],
    ['/unblock', { kind: 'relate', act: 'unblock', user }],
    ['/remove-contact', { kind: 'relate', act: 'remove', user }],
    ['/친구삭제', { kind: 'relate', act: 'remove', user }],
  ])('%s', (line, effect) => {
    expect(writes(line, stranger()).effects).toEqual([effect] as never);
  });

  test('a request of one’s own is taken back', () => {
    const { room } = directRoom();
    const listed = { ...listedJun, room, note: undefined, pending: false };
    const world = stranger();
    const asked = { ...world, contacts: { ...world.contacts, outgoing: [listed] } };
    const cancel = { kind: 'relate', act: 'cancel' } as const;
    expect(writes('/remove-contact', asked).effects).toEqual([{ ...cancel, user }]);
    expect(writes('/remove-contact @jun', asked).effects).toEqual([{ ...cancel, handle: 'jun' }]);
  });

  test('a block is asked about first', () => {
    const { ui, effects } = writes('/block', stranger());
    expect(effects).toEqual([]);
    expect(ui.confirm?.question).toContain('준');
    const yes = update(ui, { kind: 'key', chord: 'enter' }, stranger());
    expect(yes.effects).toEqual([{ kind: 'relate', act: 'block', user }]);
    expect(update(ui, { kind: 'key', chord: 'escape' }, stranger()).effects).toEqual([]);
  });

  test('nothing is answered where nobody asks, and nothing is written to whom one blocks', () => {
    const contact = fakeWorld([directRoom({ relation: { state: 'contact', seq: 2, pending: false } })]);
    expect(writes('/accept', contact)).toMatchObject({ effects: [], ui: { notice: { tone: 'warning' } } });
    const blocked = fakeWorld([directRoom({ relation: { state: 'blocked', seq: 2, pending: false } })]);
    const refused = writes('hello', blocked);
    expect(refused).toMatchObject({ effects: [], ui: { composer: { text: 'hello' } } });
    expect(refused.ui.notice?.text).toContain('/unblock');
  });
});

test('somebody else is named by the handle, or by a message of theirs that is chosen', () => {
  const team = groupRoom('team', { messages: [message(1, jun.user, 'hi'), message(2, mina.user, 'mine')] });
  const world = fakeWorld([team]);
  expect(writes('/request @Jun we met', world).effects).toEqual([
    { kind: 'relate', act: 'request', handle: 'jun', note: 'we met' },
  ]);
  expect(writes('/unblock @jun', world).effects).toEqual([{ kind: 'relate', act: 'unblock', handle: 'jun' }]);
  expect(writes('/unblock', world, { selected: 'm1' }).effects).toEqual([
    { kind: 'relate', act: 'unblock', user },
  ]);
  for (const selected of [undefined, 'm2'])
    expect(writes('/block', world, { selected })).toMatchObject({ effects: [], ui: { confirm: undefined } });
  expect(writes('/request', world).ui.notice?.text).toContain('/request @A [NOTE]');
  expect(writes('/block @!', world).ui.notice?.tone).toBe('warning');
});

test('/contacts lists people with what they ask and what is on its way, and nobody in a sentence', () => {
  const { room } = directRoom();
  const world = fakeWorld([]);
  const ask = { ...listedJun, room, note: { type: 'text', text: 'hello\nthere' }, pending: false } as const;
  const incoming = [ask];
  const blocked = [{ ...listedJun, room, note: undefined, pending: true }];
  const { ui } = writes('/contacts', { ...world, contacts: { ...world.contacts, incoming, blocked } });
  expect(ui.panel?.text).toBe(
    [
      'They ask you (/accept @HANDLE, /refuse @HANDLE)',
      '  준 @jun  “hello there”',
      '',
      'You block (/unblock @HANDLE)',
      '  준 @jun  (not told to the server yet)',
    ].join('\n'),
  );
  expect(writes('/contacts', world).ui.panel?.text).toContain('/request @handle');
});

test('[REL16] /failed lists what was refused for good, with what it was and why', () => {
  const conversation = directRoom();
  const { room } = conversation;
  const letter = (command: object, error = refusal('relation-changed', 'It has changed.')): DeadLetter => ({
    room,
    clientMessageId: 'x' as never,
    command: { room, clientMessageId: 'x', ...command } as never,
    error,
    createdAt: 0,
  });
  const deadLetters = [
    letter({ kind: 'relate', act: 'unblock', basedOn: 1 }),
    letter({ kind: 'relate', act: 'cancel', basedOn: 1 }),
    letter(
      { kind: 'send', content: { type: 'text', text: 'hi' } },
      refusal('recipient-unavailable', 'Gone.'),
    ),
    letter({ kind: 'create', roomKind: 'direct', user, relate: { act: 'request' } }),
  ];
  const { ui } = writes('/failed', { ...fakeWorld([conversation]), deadLetters });
  expect(ui.panel?.text.split('\n')).toEqual([
    '준: /unblock: It has changed',
    '준: /remove-contact: It has changed',
    '준: hi: Gone',
    '준: /request: It has changed',
  ]);
  expect(writes('/failed', fakeWorld([conversation])).ui).toMatchObject({ panel: undefined });
});
