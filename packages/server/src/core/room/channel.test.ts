import { describe, expect, test } from 'bun:test';
import { limits, linkIdOf, mayDo, newLinkSecret, roleOf } from '@maru/protocol';
import type { CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { replay } from './testing/model-room.ts';
import { command, content, device, idAt, START, user } from './testing/people.ts';
import { by, createChannel, createGroup, joinChannel, refused, roomOf, send } from './testing/room-of.ts';

const SECRET = newLinkSecret(new Uint8Array(16).fill(7));
const LATER = newLinkSecret(new Uint8Array(16).fill(8));
const makeLink = (secret = SECRET, more = {}): CommandBody => ({
  ...{ kind: 'make-link', secret, approval: false, ...more },
});
const NOBODY = { sender: false, user: false };
const CLOSED: CommandBody = { ...createChannel, public: false } as CommandBody;

describe('[CHANNEL1] who may do what in a channel', () => {
  test('whoever makes it owns it, and readers read', () => {
    const { room, submit } = roomOf(createChannel);
    expect(room.state).toMatchObject({ roomKind: 'channel', memberCount: 1, members: new Map() });
    expect(room.state?.facts).toMatchObject({ public: true, description: 'What is new', owner: user(0) });
    expect(submit(joinChannel, by(1)).kind).toBe('reader');
    expect(submit(send, by(1))).toMatchObject({ ...refused('forbidden'), error: { field: 'send' } });
    expect(submit(send).kind).toBe('event');
    const refersTo = room.state?.seq as never;
    const react: CommandBody = { kind: 'react', refersTo, reaction: '👍', on: true };
    expect(submit(react, by(1))).toMatchObject({ ...refused('forbidden'), error: { field: 'send' } });
    expect(submit(react).kind).toBe('event');
    expect(submit({ kind: 'pin', refersTo, on: true }).kind).toBe('event');
  });

  test('administrators post, and everybody where the owner sets it so', () => {
    const { room, submit } = roomOf(createChannel);
    submit(joinChannel, by(1));
    submit(joinChannel, by(2));
    expect(submit({ kind: 'set-role', user: user(1), role: 'administrator' }).kind).toBe('event');
    expect(submit(send, by(1)).kind).toBe('event');
    expect(submit(send, by(2)).kind).toBe('refused');
    submit({ kind: 'set-rights', rights: { send: 'everyone' } });
    expect(submit(send, by(2)).kind).toBe('event');
    expect(submit(send, by(3))).toMatchObject(refused('not-found', false));
    const { state } = room;
    expect(state && mayDo(state, user(2), 'pin')).toBe(false);
  });

  test('roles are for those who are in it', () => {
    const { submit } = roomOf(createChannel);
    const role: CommandBody = { kind: 'set-role', user: user(1), role: 'administrator' };
    expect(submit(role)).toMatchObject({ ...refused('not-found'), error: { field: 'user' } });
    submit(joinChannel, by(1));
    expect(submit(role).kind).toBe('event');
  });

  test('nobody is brought into it, and what is in it is there for all', () => {
    const { submit } = roomOf(createChannel);
    expect(submit({ kind: 'add', users: [user(1)] })).toMatchObject(refused('forbidden'));
    expect(submit({ kind: 'set-history', history: 'since-joined' })).toMatchObject(refused('forbidden'));
    expect(submit({ kind: 'describe', description: 'New' }).kind).toBe('event');
    expect(submit({ kind: 'rename', name: 'News' }).kind).toBe('event');
    expect(submit(createChannel)).toMatchObject(refused('room-exists'));
  });
});

test('[CHANNEL7] one account makes no more channels than CHANNELS_MADE_MAX; that of others, and groups, are another matter', () => {
  const { room } = roomOf(createChannel);
  const create = (made: number | undefined, body = createChannel) =>
    decide(undefined, command(body, { ...(made !== undefined && { channelsMade: made }) }));
  const value = limits.CHANNELS_MADE_MAX;
  expect(create(undefined)).toEqual({ kind: 'lookup', of: 'channels-made' });
  expect(create(value - 1).kind).toBe('event');
  const limit = { name: 'CHANNELS_MADE_MAX', value };
  const tooMany = { ...refused('too-many', false), error: { limit, given: value + 1 } };
  expect(create(value)).toMatchObject(tooMany);
  expect(create(value, createGroup(2)).kind).toBe('event');
  // A room that is there says nothing of that.
  expect(
    decide(room.state, command(createChannel, { ...by(3), window: null, reading: NOBODY })),
  ).toMatchObject(refused('not-found', false));
});

describe('[CHANNEL2] who comes into a channel', () => {
  test('a public one takes anybody, others are not there', () => {
    const open = roomOf(createChannel);
    expect(open.submit(joinChannel, by(1)).kind).toBe('reader');
    expect(open.submit(joinChannel, by(1)).kind).toBe('unchanged');
    const closed = roomOf(CLOSED);
    expect(closed.submit(joinChannel, by(1))).toEqual(
      closed.room.decideOnly(
        command(send, { ...by(1), window: null, reading: { sender: false, user: false } }),
      ),
    );
    const group = roomOf(createGroup(2));
    expect(group.submit(joinChannel, by(3))).toMatchObject(refused('not-found', false));
  });

  test('[LINK2] by a link they come into any', () => {
    const { room, submit } = roomOf(CLOSED);
    const join: CommandBody = { kind: 'join', secret: SECRET };
    expect(submit(join, by(1))).toMatchObject(refused('link-invalid', false));
    submit(makeLink());
    expect(submit(join, by(1)).kind).toBe('reader');
    expect(room.state?.facts.links).toMatchObject([{ link: linkIdOf(SECRET), uses: 0 }]);
    submit({ kind: 'revoke-link', link: linkIdOf(SECRET) });
    expect(submit(join, by(2))).toMatchObject(refused('link-invalid', false));
    submit(makeLink(LATER, { expiresAt: START + 5_000 }));
    const late = { ...by(2), now: START + 5_000 };
    expect(submit({ kind: 'join', secret: LATER }, late)).toMatchObject(refused('link-invalid', false));
  });

  test('a link counts nobody, and asks nobody', () => {
    const { submit } = roomOf(createChannel);
    for (const [field, value] of [
      ['usesMax', 3],
      ['approval', true],
    ] as const) {
      expect(submit(makeLink(SECRET, { [field]: value }))).toMatchObject({
        ...refused('bad-request'),
        error: { field },
      });
    }
    submit(joinChannel, by(1));
    expect(submit(makeLink(), by(1))).toMatchObject(refused('forbidden'));
  });

  test('[LINK5] who was removed comes back by a link alone that was made later', () => {
    const { submit } = roomOf(createChannel);
    submit(makeLink());
    submit(joinChannel, by(1));
    expect(submit({ kind: 'remove', user: user(1) }).kind).toBe('reader');
    expect(submit({ kind: 'remove', user: user(1) }).kind).toBe('unchanged');
    expect(submit(send, by(1))).toMatchObject(refused('not-found', false));
    expect(submit(joinChannel, by(1))).toMatchObject(refused('not-found', false));
    expect(submit({ kind: 'join', secret: SECRET }, by(1))).toMatchObject(refused('link-invalid', false));
    submit(makeLink(LATER));
    expect(submit({ kind: 'join', secret: LATER }, by(1)).kind).toBe('reader');
    submit({ kind: 'leave' }, by(1));
    expect(submit(joinChannel, by(1)).kind).toBe('reader');
  });

  test('[CHANNEL7] it takes as many as the operator says', () => {
    const { room, submit } = roomOf(createChannel, { channelMembersMax: 3 });
    submit(joinChannel, by(1));
    expect(submit(joinChannel, by(2)).kind).toBe('reader');
    expect(submit(joinChannel, by(3))).toMatchObject({
      ...refused('room-full', false),
      error: { limit: { name: 'channelMembersMax', value: 3 }, given: 4 },
    });
    submit({ kind: 'leave' }, by(1));
    expect(submit(joinChannel, by(3)).kind).toBe('reader');
    expect(room.state?.memberCount).toBe(3);
  });
});

describe('[CHANNEL3] coming and going', () => {
  test('makes no event and no place in memory', () => {
    const { room, submit } = roomOf(createChannel);
    const { seq, members } = room.state ?? {};
    for (let number = 1; number <= 5; number++) submit(joinChannel, by(number));
    submit({ kind: 'leave' }, by(2));
    expect(room.state).toMatchObject({ memberCount: 5 });
    expect(room.state?.seq).toBe(seq as never);
    expect(room.state?.members).toBe(members as never);
    expect(room.events).toHaveLength(1);
  });

  test('[ONCE1] is a command like any other: its repetition gets the first answer', () => {
    const { room, submit } = roomOf(createChannel);
    const clientMessageId = idAt(START, 900);
    const first = submit(joinChannel, { ...by(1), clientMessageId });
    submit(send);
    submit({ kind: 'leave' }, by(1));
    const repeat = { kind: 'repeat', outcome: { kind: 'event', seq: 1, at: START } };
    expect(first).toMatchObject({ reader: { seq: 1, at: START } });
    expect(submit(joinChannel, { ...by(1), clientMessageId })).toEqual(repeat as never);
    room.restart();
    expect(submit(joinChannel, { ...by(1), clientMessageId })).toEqual(repeat as never);
  });

  test('[ORD5] a replay gives the same state', () => {
    const { room, submit } = roomOf(createChannel);
    submit(makeLink());
    for (let number = 1; number <= 4; number++) submit(joinChannel, by(number));
    submit({ kind: 'set-role', user: user(1), role: 'administrator' });
    submit({ kind: 'remove', user: user(2) }, by(1));
    submit({ kind: 'leave' }, by(1));
    submit({ kind: 'send', content: content('new') });
    expect(replay(room.facts)).toEqual(room.state);
    expect(room.state?.memberCount).toBe(3);
  });
});

describe('[CHANNEL4] the owner', () => {
  test('is followed by the first administrator, never by a reader', () => {
    const { room, submit } = roomOf(createChannel);
    submit(joinChannel, by(1));
    submit(joinChannel, by(2));
    expect(submit({ kind: 'leave' })).toMatchObject({
      ...refused('forbidden'),
      error: { field: 'set-role' },
    });
    submit({ kind: 'set-role', user: user(2), role: 'administrator' });
    expect(submit({ kind: 'leave' })).toMatchObject({ event: { change: { type: 'left', owner: user(2) } } });
    const { state } = room;
    expect(state && roleOf(state, user(2))).toBe('owner');
    expect(state?.memberCount).toBe(2);
  });

  test('goes where nobody else is there, and with the account in any case', () => {
    const alone = roomOf(createChannel);
    expect(alone.submit({ kind: 'leave' }).kind).toBe('event');
    expect(alone.submit(joinChannel, by(1))).toMatchObject(refused('not-found', false));
    const { room, submit } = roomOf(createChannel);
    submit(joinChannel, by(1));
    const {
      device: _device,
      clientMessageId: _id,
      ...unnamed
    } = command({ kind: 'leave' }, { room: room.room });
    expect(room.submit(unnamed).kind).toBe('event');
    expect(submit(send, by(1))).toMatchObject(refused('forbidden'));
    expect(submit({ kind: 'leave' }, { ...by(1), device: device(1, 0) }).kind).toBe('reader');
  });

  test('removes administrators, and everybody hears of it', () => {
    const { room, submit } = roomOf(createChannel);
    submit(joinChannel, by(1));
    submit({ kind: 'set-role', user: user(1), role: 'administrator' });
    expect(submit({ kind: 'remove', user: user(1) })).toMatchObject({ event: { kind: 'removed' } });
    expect(room.state?.facts.administrators).toBeUndefined();
    expect(room.state?.memberCount).toBe(1);
    expect(submit(joinChannel, by(1))).toMatchObject(refused('not-found', false));
  });
});
