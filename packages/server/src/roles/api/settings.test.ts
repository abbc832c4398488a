import { beforeEach, describe, expect, test } from 'bun:test';
import {
  errorBody,
  limits,
  newRoomId,
  QUICK_REPLIES_NAME,
  type RoomId,
  type RoomSettingKind,
  roomSettingName,
} from '@maru/protocol';
import { type ComposedServer, composedServer, type TestPerson } from '../../main/testing/composed-server.ts';

let server: ComposedServer;
let ada: TestPerson;
let room: RoomId;

beforeEach(async () => {
  server = composedServer();
  ada = await server.person('ada');
  room = await server.group(ada, await server.person('ben'));
});

async function refusalOf(name: string, value: unknown) {
  const { token } = ada;
  const response = await server.client.respond('putSetting', { token, params: { name }, body: { value } });
  return response.ok ? undefined : errorBody.parse(await response.json());
}

test('[OWN1][OWN2] what is set over HTTP is there, in a sync, too, and sessions are told', async () => {
  const { token } = ada;
  const session = await server.open(token);
  const name = roomSettingName('room', room);
  const value = { mute: { until: 'ever', mentions: true }, archived: 3 };
  expect(await refusalOf(name, value)).toBeUndefined();
  expect(await server.client.call('getSettings', { token })).toEqual({ settings: [{ name, value }] });
  expect((await server.client.call('getSync', { token })).settings).toEqual([{ name, value }]);
  // The device that asked by HTTP may hold the session.
  expect(await session.take('settings')).toEqual({ kind: 'settings', settings: [{ name, value }] });
  expect(await refusalOf(name, null)).toBeUndefined();
  expect(await server.client.call('getSettings', { token })).toEqual({ settings: [] });
});

test('[OWN1] a session sets, and is answered when it is kept', async () => {
  const session = await server.open(ada.token);
  const value = [{ shortcut: '주소', text: '서울시 종로구 1' }];
  session.say({ kind: 'set', id: 7, name: QUICK_REPLIES_NAME, value });
  expect(await session.take('ok')).toEqual({ kind: 'ok', id: 7 });
  session.say({ kind: 'sync', id: 8, eventsPerRoom: 0 });
  expect((await session.take('synced')).settings).toEqual([{ name: QUICK_REPLIES_NAME, value }]);
  session.say({ kind: 'set', id: 9, name: roomSettingName('room', newRoomId()), value: {} });
  expect(await session.take('error')).toMatchObject({ id: 9, code: 'not-found' });
});

describe('[OWN1] names and values are a closed set', () => {
  const reply = { shortcut: 'a', text: 'b' };
  const shapes: readonly (readonly [string, RoomSettingKind, unknown])[] = [
    ['a mute without an end', 'room', { mute: { mentions: true } }],
    ['an order that is no number', 'room', { pinned: 'first' }],
    ['no value', 'room', undefined],
    ['a draft without a text', 'draft', {}],
    ['a draft that is no Unicode', 'draft', { text: '\ud800' }],
    ['a draft that is too long', 'draft', { text: '말'.repeat(limits.MESSAGE_CHARS_MAX + 1) }],
    ['spans that turn back', 'hidden', [[3, 2]]],
    [
      'spans that touch',
      'hidden',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['no spans', 'hidden', []],
    ['stars that do not rise', 'stars', [2, 2]],
    ['too many stars', 'stars', Array.from({ length: limits.STARS_MAX + 1 }, (_, i) => i + 1)],
    [
      'too many spans',
      'hidden',
      Array.from({ length: limits.HIDDEN_SPANS_MAX + 1 }, (_, i) => [1 + 2 * i, 1 + 2 * i]),
    ],
  ];

  test.each(shapes)('%s is refused', async (_what, kind, value) => {
    const error = await refusalOf(roomSettingName(kind, room), value);
    expect(['bad-request', 'too-many']).toContain(error?.code as string);
  });

  test.each([
    ['the same shortcut twice', [reply, reply]],
    ['a space in a shortcut', [{ shortcut: 'a b', text: 'c' }]],
    ['an empty text', [{ shortcut: 'a', text: '' }]],
    ['a text that is too long', [{ shortcut: 'a', text: 'x'.repeat(limits.QUICK_REPLY_CHARS_MAX + 1) }]],
    [
      'too many',
      Array.from({ length: limits.QUICK_REPLIES_MAX + 1 }, (_, i) => ({ shortcut: `s${i}`, text: 'x' })),
    ],
  ])('quick replies: %s is refused', async (_what, value) => {
    const error = await refusalOf(QUICK_REPLIES_NAME, value);
    expect(['bad-request', 'too-many']).toContain(error?.code as string);
  });

  test.each([
    '',
    'room',
    'room/',
    'colour',
    `colour/${newRoomId()}`,
    'room/room_1',
    `draft/${newRoomId()}/x`,
  ])('the name %j is refused', async (name) => {
    const { token } = ada;
    const session = await server.open(token);
    session.say({ kind: 'set', id: 1, name: name as typeof QUICK_REPLIES_NAME, value: {} });
    expect(await session.take('error')).toMatchObject({ id: 1, code: 'bad-request', field: 'name' });
  });

  test('[OWN8] the longest draft, and as many spans and quick replies as may be, are taken', async () => {
    const text = '😀'.repeat(limits.MESSAGE_CHARS_MAX);
    expect(await refusalOf(roomSettingName('draft', room), { text, replyTo: 2 })).toBeUndefined();
    const spans = Array.from({ length: limits.HIDDEN_SPANS_MAX }, (_, i) => [1 + 2 * i, 1 + 2 * i]);
    expect(await refusalOf(roomSettingName('hidden', room), spans)).toBeUndefined();
    const replies = Array.from({ length: limits.QUICK_REPLIES_MAX }, (_, i) => ({
      shortcut: `${i}`.padStart(limits.SHORTCUT_CHARS_MAX, '가'),
      text: '네'.repeat(limits.QUICK_REPLY_CHARS_MAX),
    }));
    expect(await refusalOf(QUICK_REPLIES_NAME, replies)).toBeUndefined();
  });
});

test('[OWN5] of an account that was deleted nothing is kept', async () => {
  const { user } = ada;
  await refusalOf(roomSettingName('draft', room), { text: '안녕' });
  await refusalOf(QUICK_REPLIES_NAME, [{ shortcut: 'a', text: 'b' }]);
  const { settings } = server.engine;
  expect(await settings.usage(user)).toMatchObject({ count: 2 });
  await server.engine.directory.deleteUser(user, server.clock.now());
  await server.departures.wake();
  expect(await settings.usage(user)).toEqual({ count: 0, bytes: 0 });
});
