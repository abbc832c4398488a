import { beforeEach, describe, expect, test } from 'bun:test';
import {
  commandFrame,
  limits,
  newDeviceId,
  newRoomId,
  newUserId,
  nextClientMessageId,
  type UserId,
} from '@maru/protocol';
import type { MemberLimits } from '../../core/room/command.ts';
import { createMemoryEngine } from '../../engines/memory/memory-engine.ts';
import type { Directory } from '../../ports/directory.ts';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { createIntake, type Intake } from './intake.ts';
import { isLater, type RoomFrame } from './later-frame.ts';

const ME = { user: newUserId(), device: newDeviceId(), administrator: false };
const room = newRoomId();
let clock: ManualClock;
let directory: Directory;
let severed: Set<UserId> | undefined;
let mayAdd = true;
const channelMembersMax = 7;
const relations = { severedFrom: async () => severed, mayAdd: async () => mayAdd };
let intake: Intake;
const sources = () => ({ directory, relations, clock, channelMembersMax });

beforeEach(() => {
  clock = new ManualClock();
  severed = undefined;
  mayAdd = true;
  directory = createMemoryEngine().directory;
  const { MESSAGE_CHARS_MAX: messageCharsMax, GROUP_MEMBERS_DEFAULT: groupMembersMax } = limits;
  intake = createIntake({ ...sources(), messageCharsMax, groupMembersMax });
});

function frame(body: object): RoomFrame {
  const clientMessageId = nextClientMessageId(undefined, clock.now(), new Uint8Array(10));
  const parsed = commandFrame.parse({ room, clientMessageId, ...body });
  if (isLater(parsed)) throw new Error('no room decides on that');
  return parsed;
}

const send = (content: object, more: object = {}) => intake(ME, frame({ kind: 'send', content, ...more }));

async function person(): Promise<UserId> {
  const user = newUserId();
  await directory.createPlaceholders([{ user, handle: user.slice(-20), name: 'Somebody', at: 1 }]);
  return user;
}

describe('messages', () => {
  test('[TALK7] what an older client wrote into its text is in the envelope, unless that says otherwise', () => {
    const answer = { type: 'text', text: 'yes', replyTo: 3 };
    expect(send(answer)).toMatchObject({ command: { replyTo: 3 } });
    expect(send(answer, { replyTo: 2 })).toMatchObject({ command: { replyTo: 2 } });
    expect(send({ type: 'sealed', blob: '' }, { replyTo: 2 })).toMatchObject({ command: { replyTo: 2 } });
    expect(send({ type: 'text', text: 'yes' })).not.toHaveProperty('command.replyTo');
  });

  test('a send becomes a command at once, with what the edge knows stamped on it', () => {
    const mentions = [ME.user];
    const taken = send({ type: 'text', text: 'hi' }, { mentions, expiresAfter: 60 });
    expect(taken).toMatchObject({
      kind: 'taken',
      command: {
        kind: 'send',
        room,
        sender: ME.user,
        device: ME.device,
        content: '{"type":"text","text":"hi"}',
        mentions,
        expiresAfter: 60,
        now: clock.now(),
      },
    });
  });

  test('the limits in force are stamped on what may bring people in, and on nothing else', async () => {
    const stamped = async (what: object) => {
      const taken = await intake(ME, frame(what));
      if (taken.kind === 'refused') throw new Error(taken.error.code);
      const { groupMembersMax, channelMembersMax } = taken.command as Partial<MemberLimits>;
      return { groupMembersMax, channelMembersMax };
    };
    const inForce = { groupMembersMax: limits.GROUP_MEMBERS_DEFAULT, channelMembersMax };
    const user = await person();
    const group = { roomKind: 'group', name: 'Us', users: [user] };
    for (const what of [
      { kind: 'create', ...group },
      { kind: 'add', users: [user] },
      { kind: 'join' },
      { kind: 'answer-join', user, accept: false },
    ])
      expect(await stamped(what)).toEqual(inForce);
    const none = { groupMembersMax: undefined, channelMembersMax: undefined };
    for (const what of [{ kind: 'leave' }, { kind: 'send', content: { type: 'text', text: 'hi' } }])
      expect(await stamped(what)).toEqual(none);
  });

  test.each([
    ['Hangul', '마'.repeat(limits.MESSAGE_CHARS_MAX)],
    ['families of emoji', '👨‍👩‍👧‍👦'.repeat(limits.MESSAGE_CHARS_MAX / 7 - 1)],
    ['right-to-left', 'שלום '.repeat(limits.MESSAGE_CHARS_MAX / 5)],
  ])('[LIMIT2] a long text of %s is kept to the byte', async (_what, text) => {
    const taken = await send({ type: 'text', text });
    if (taken.kind === 'refused') throw new Error(taken.error.code);
    expect(JSON.parse(taken.command.body ?? '').text === text).toBe(true);
  });

  test('[LIMIT2] one character more than the operator allows is refused, in sends and edits', async () => {
    intake = createIntake({ ...sources(), messageCharsMax: 5, groupMembersMax: 2 });
    const content = { type: 'text', text: '마루마루마루' };
    const error = { code: 'message-too-long', limit: { name: 'MESSAGE_CHARS_MAX', value: 5 }, given: 6 };
    expect(send(content)).toMatchObject({ kind: 'refused', error });
    expect(intake(ME, frame({ kind: 'edit', refersTo: 1, content }))).toMatchObject({
      kind: 'refused',
      error,
    });
  });

  test.each([
    ['message-empty', ' \u200b '],
    ['text-malformed', 'x\ud800'],
    ['text-malformed', 'x\0'],
  ])('[LIMIT2] %s', (code, text) => {
    expect(send({ type: 'text', text })).toMatchObject({ kind: 'refused', error: { code } });
  });

  test('[TEXT3] entities end with the text, counted in code points, and do not cross', () => {
    const entities = (length: number) => ({
      type: 'text',
      text: '😀😀',
      entities: [{ type: 'bold', offset: 1, length }],
    });
    expect(send(entities(1))).toMatchObject({ kind: 'taken' });
    expect(send(entities(2))).toMatchObject({ kind: 'refused', error: { field: 'content.entities' } });
    const bold = { type: 'bold', offset: 0, length: 2 };
    const italic = { type: 'italic', offset: 1, length: 2 };
    expect(send({ type: 'text', text: 'abc', entities: [bold, italic] })).toMatchObject({
      kind: 'refused',
      error: { code: 'bad-request', message: expect.stringContaining('cross') },
    });
  });

  test('[PRIV7] content that the server cannot read is passed on as it is', async () => {
    const content = { type: 'sealed', epoch: 7, parts: [{ a: null }, 'x\0\ud800'], text: '   ' };
    const taken = await send(content);
    if (taken.kind === 'refused' || taken.command.kind !== 'send') throw new Error('refused');
    expect(JSON.parse(taken.command.content)).toEqual(content);
  });

  test('content that the server cannot read has a limit of its own', () => {
    const withBytes = (bytes: number) => ({ type: 'x', d: 'x'.repeat(bytes - '{"type":"x","d":""}'.length) });
    const value = limits.OPAQUE_CONTENT_BYTES_MAX;
    expect(send(withBytes(value))).toMatchObject({ kind: 'taken' });
    expect(send(withBytes(value + 1))).toMatchObject({
      kind: 'refused',
      error: {
        code: 'content-too-large',
        given: value + 1,
        limit: { name: 'OPAQUE_CONTENT_BYTES_MAX', value },
      },
    });
  });
});

describe('people', () => {
  test('who is named must exist', async () => {
    const user = await person();
    const nobody = newUserId();
    const group = (users: UserId[]) =>
      intake(ME, frame({ kind: 'create', roomKind: 'group', name: 'Floor', users }));
    const direct = (user: UserId) => intake(ME, frame({ kind: 'create', roomKind: 'direct', user }));
    const add = (users: UserId[]) => intake(ME, frame({ kind: 'add', users }));
    const unavailable = { kind: 'refused', error: { code: 'recipient-unavailable' } };
    expect(await group([user, user])).toMatchObject({
      kind: 'taken',
      command: { users: [user, user], history: 'all' },
    });
    expect(await direct(user)).toMatchObject({ kind: 'taken', command: { user } });
    expect(await add([user])).toMatchObject({ kind: 'taken', command: { users: [user] } });
    expect(await group([user, nobody])).toMatchObject(unavailable);
    expect(await direct(nobody)).toMatchObject(unavailable);
    expect(await add([nobody])).toMatchObject(unavailable);
  });

  test('a deleted account can be added to nothing, from the moment of its deletion', async () => {
    const user = await person();
    await directory.deleteUser(user, 2);
    expect(await intake(ME, frame({ kind: 'add', users: [user] }))).toMatchObject({
      kind: 'refused',
      error: { code: 'recipient-unavailable' },
    });
  });

  test('who is removed need not exist any more', () => {
    expect(intake(ME, frame({ kind: 'remove', user: newUserId() }))).toMatchObject({ kind: 'taken' });
  });
});

test.each([
  { kind: 'delete', refersTo: 4 },
  { kind: 'leave' },
  { kind: 'rename', name: 'Attic' },
  { kind: 'set-history', history: 'since-joined' },
  { kind: 'describe', description: 'Under the roof.\nQuiet, please.' },
  { kind: 'set-timer', seconds: 3_600 },
  { kind: 'set-role', user: ME.user, role: 'administrator' },
  { kind: 'set-rights', rights: { send: 'owner' } },
  { kind: 'set-slow-mode', seconds: 30 },
  { kind: 'react', refersTo: 3, reaction: '👍', on: true },
  { kind: 'pin', refersTo: 3, on: false },
] as const)('$kind is taken as it is', (body) => {
  expect(intake(ME, frame(body))).toMatchObject({ kind: 'taken', command: body });
});
