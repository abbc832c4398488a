import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { limits, newUserId } from '@maru/protocol';
import { type ComposedServer, composedServer, type TestPerson } from '../../main/testing/composed-server.ts';

let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;
beforeEach(async () => {
  server = composedServer();
  ada = await server.person('ada');
  ben = await server.person('ben');
});
afterEach(() => server[Symbol.asyncDispose]());

const change = (body: { name?: string; status?: string }) =>
  server.client.call('updateMe', { token: ada.token, body });
const seenByBen = () => server.client.call('getUser', { token: ben.token, params: { user: ada.user } });

describe('a profile', () => {
  test('[PEOPLE1] is a name and a status, and each change of it has a higher number', async () => {
    const before = await seenByBen();
    expect(before).not.toContainKey('status');
    server.clock.jump(-60_000);
    const me = await change({ status: '  회의 중 ' });
    expect(me).toMatchObject({ name: 'ada', status: '회의 중', changedAt: before.changedAt + 1 });
    expect(await seenByBen()).toEqual({ ...before, status: '회의 중', changedAt: before.changedAt + 1 });
    await change({ status: '' });
    expect(await seenByBen()).toEqual({ ...before, changedAt: before.changedAt + 2 });
  });

  test('[PEOPLE1] stands beside a name wherever there is one: by handle, by id, in a list of members', async () => {
    await change({ name: 'Ada L.', status: 'counting' });
    const room = await server.group(ada, ben);
    const shown = { handle: 'ada', name: 'Ada L.', status: 'counting' };
    const { token } = ben;
    expect(await server.client.call('findUser', { token, query: { handle: 'ada' } })).toMatchObject(shown);
    const { members } = await server.client.call('getMembers', { token, params: { room } });
    expect(members.find(({ user }) => user === ada.user)).toMatchObject(shown);
    const { users } = await server.client.call('getUsers', { token, body: { users: [ada.user] } });
    expect(users).toEqual([expect.objectContaining(shown)]);
  });

  test('[PEOPLE1] takes no status that is too long or has a second line', async () => {
    const longest = '😀'.repeat(limits.STATUS_LINE_CHARS_MAX);
    expect((await change({ status: longest })).status).toBe(longest);
    const refused = (status: string) =>
      server.client.refusal('updateMe', { token: ada.token, body: { status } });
    expect(await refused(`${longest}!`)).toMatchObject({ code: 'bad-request', field: 'status' });
    expect(await refused('a\nb')).toMatchObject({ code: 'bad-request', field: 'status' });
  });
});

describe('[PEOPLE3] who is looked up', () => {
  const lookUp = (body: { users: string[]; known?: number[] }) =>
    server.client.call('getUsers', { token: ben.token, body: body as { users: TestPerson['user'][] } });

  test('is left out when nothing has changed since, and named when they are gone', async () => {
    const nobody = newUserId();
    const users = [ada.user, ben.user, nobody];
    const all = await lookUp({ users });
    expect(all.users.map(({ handle }) => handle).toSorted()).toEqual(['ada', 'ben']);
    expect(all.gone).toEqual([nobody]);
    const known = [ada, ben].map(({ user }) => all.users.find((one) => one.user === user)?.changedAt ?? 0);
    expect(await lookUp({ users, known })).toEqual({ users: [], gone: [nobody] });
    await change({ name: 'Ada L.' });
    expect((await lookUp({ users, known })).users).toEqual([await seenByBen()]);
    await server.engine.directory.deleteUser(ada.user, server.clock.now());
    expect(await lookUp({ users, known })).toEqual({ users: [], gone: [ada.user, nobody] });
  });

  test('may be up to 1,000 people at once', async () => {
    const users = Array.from({ length: limits.LOOK_UP_PEOPLE_MAX }, () => newUserId());
    const known = users.map(() => 1_790_000_000_000);
    expect((await lookUp({ users, known })).gone).toHaveLength(limits.LOOK_UP_PEOPLE_MAX);
    const more = { users: [...users, ada.user], known };
    expect(await server.client.refused('getUsers', { token: ben.token, body: more })).toBe('too-many');
  });
});
