import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import {
  type CommandFrame,
  limits,
  linkCodeOf,
  newLinkSecret,
  newRoomId,
  type RoomId,
  readLinkCode,
} from '@maru/protocol';
import { type ComposedServer, composedServer, type TestPerson } from './testing/composed-server.ts';

// Whole servers: channels by every way in.

type Without<F> = F extends CommandFrame ? Omit<F, 'clientMessageId'> : never;

let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;
beforeEach(async () => {
  server = composedServer({ config: { channelMembersMax: 3 } });
  ada = await server.person('ada');
  ben = await server.person('ben');
});
afterEach(() => server[Symbol.asyncDispose]());

const tell = (by: TestPerson, body: Without<CommandFrame>) =>
  server.client.outcome('postCommand', {
    token: by.token,
    body: { clientMessageId: server.nextId(), ...body } as CommandFrame,
  });
async function channel(name: string, more: { public?: boolean; description?: string } = {}): Promise<RoomId> {
  const room = newRoomId();
  const body = { kind: 'create', roomKind: 'channel', room, name, description: '', public: true } as const;
  expect(await tell(ada, { ...body, ...more })).toBe('done');
  return room;
}
const list = (query: Record<string, string | number> = {}, token = ben.token) =>
  server.client.call('listChannels', { token, query });

describe('the directory', () => {
  test('[CHANNEL8] shows public channels to anybody, in pages, and those with all the words', async () => {
    const news = await channel('News', { description: 'Of the House' });
    const chess = await channel('Chess');
    await channel('Board', { public: false });
    await tell(ben, { kind: 'join', room: chess });
    expect(await list()).toEqual({
      channels: [
        { room: chess, name: 'Chess', memberCount: 2 },
        { room: news, name: 'News', description: 'Of the House', memberCount: 1 },
      ],
      more: false,
    });
    expect(await list({ limit: 1 })).toMatchObject({ channels: [{ room: chess }], more: true });
    expect(await list({ limit: 1, after: chess })).toMatchObject({ channels: [{ room: news }], more: false });
    expect(await list({ query: ' HOUSE  news ' })).toMatchObject({ channels: [{ room: news }] });
    expect(await list({ query: 'board' })).toEqual({ channels: [], more: false });
    expect(await server.client.refused('listChannels', { query: {} })).toBe('unauthorized');
  });
});

test('[CHANNEL7] one account makes so many channels, others make theirs, and a repetition is none', async () => {
  const rooms: RoomId[] = [];
  for (let made = 0; made < limits.CHANNELS_MADE_MAX; made++) rooms.push(await channel(`News ${made}`));
  const body = { kind: 'create', roomKind: 'channel', name: 'More', description: '', public: true } as const;
  expect(await tell(ada, { ...body, room: newRoomId() })).toBe('too-many');
  expect(await tell(ben, { ...body, room: newRoomId() })).toBe('done');
  const [room] = rooms;
  if (room === undefined) throw new Error('no channel');
  expect(await tell(ada, { kind: 'leave', room })).toBe('done');
  const again = { ...body, room: newRoomId(), clientMessageId: server.nextId() };
  const repeat = () => server.client.outcome('postCommand', { token: ada.token, body: again });
  expect([await repeat(), await repeat()]).toEqual(['done', 'done']);
  expect(await tell(ada, { ...body, room: newRoomId() })).toBe('too-many');
});

describe('who may read', () => {
  test('[CHANNEL2] everybody who joined a public one, from the first event on', async () => {
    const room = await channel('News');
    await server.send(ada, room, 'before');
    expect(await server.client.outcome('getEvents', { token: ben.token, params: { room } })).toBe(
      'not-found',
    );
    const session = await server.open(ben.token);
    session.say({ kind: 'join', room, clientMessageId: server.nextId() });
    expect((await session.take('room')).entry).toMatchObject({ roomKind: 'channel', memberCount: 2 });
    await session.take('accepted');
    const page = await server.client.call('getEvents', { token: ben.token, params: { room } });
    expect(page.events.map(({ kind }) => kind)).toEqual(['created', 'message']);
    await server.send(ada, room, 'behind');
    expect((await session.take('events')).events).toMatchObject([{ seq: 3, content: { text: 'behind' } }]);
    expect(await tell(ben, { kind: 'send', room, content: { type: 'text', text: 'me too' } })).toBe(
      'forbidden',
    );
  });

  test('[CHANNEL2] of others who has a link', async () => {
    const room = await channel('Board', { public: false });
    expect(await tell(ben, { kind: 'join', room })).toBe('not-found');
    const secret = newLinkSecret(new Uint8Array(16).fill(3));
    const code = linkCodeOf(room, secret);
    const look = () => server.client.call('lookAtLink', { token: ben.token, body: { code } });
    expect(await tell(ada, { kind: 'make-link', room, secret, approval: false })).toBe('done');
    expect(await look()).toMatchObject({ name: 'Board', memberCount: 1, standing: 'stranger' });
    expect(await tell(ben, { kind: 'join', ...readLinkCode(code) })).toBe('done');
    expect(await look()).toMatchObject({ memberCount: 2, standing: 'member' });
    await tell(ada, { kind: 'remove', room, user: ben.user });
    expect(await server.client.refused('lookAtLink', { token: ben.token, body: { code } })).toBe(
      'link-invalid',
    );
    expect(await server.client.outcome('getEvents', { token: ben.token, params: { room } })).toBe(
      'not-found',
    );
  });

  test('[CHANNEL5] administrators who is there', async () => {
    const room = await channel('News');
    await tell(ben, { kind: 'join', room });
    const members = (token: string) => server.client.outcome('getMembers', { token, params: { room } });
    expect(await members(ben.token)).toBe('forbidden');
    const listed = await server.client.call('getMembers', { token: ada.token, params: { room } });
    expect(listed.members.map(({ handle, role }) => [handle, role]).sort()).toEqual([
      ['ada', 'owner'],
      ['ben', 'member'],
    ]);
    expect(await tell(ada, { kind: 'set-role', room, user: ben.user, role: 'administrator' })).toBe('done');
    expect(await members(ben.token)).toBe('done');
  });

  test('[CHANNEL7] as many as the operator says', async () => {
    const room = await channel('News');
    const people = [ben, await server.person('cho'), await server.person('dan')];
    const outcomes = await Promise.all(people.map((person) => tell(person, { kind: 'join', room })));
    expect(outcomes.sort()).toEqual(['done', 'done', 'room-full']);
    expect((await server.open(ben.token)).of('welcome')).toMatchObject([
      { limits: { channelMembersMax: 3 } },
    ]);
  });

  test('[CHANNEL4] a channel whose owner is gone for good goes on being read', async () => {
    const room = await channel('News');
    await tell(ben, { kind: 'join', room });
    expect(await tell(ada, { kind: 'leave', room })).toBe('forbidden');
    await server.engine.directory.deleteUser(ada.user, server.clock.now());
    await server.departures.wake();
    expect(await server.client.call('getRoom', { token: ben.token, params: { room } })).toMatchObject({
      memberCount: 1,
      head: { seq: 2 },
    });
  });
});
