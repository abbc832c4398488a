import { beforeEach, describe, expect, test } from 'bun:test';
import { type DeviceId, limits, newDeviceId, newUserId, type UserId } from '@maru/protocol';
import {
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../../main/testing/composed-server.ts';
import { hashSecret } from '../../edge/secrets.ts';

let server: ComposedServer;
let root: TestPerson;

beforeEach(async () => {
  server = composedServer();
  root = await server.person('root', { administrator: true });
});

const by = () => ({ token: root.token });
const of = (user: UserId) => ({ token: root.token, params: { user } });

test('[ADMIN1] who is no administrator hears the same of what exists and what does not', async () => {
  const ben = await server.person('ben');
  for (const user of [root.user, ben.user, newUserId()]) {
    for (const route of ['getAccount', 'suspendAccount', 'resetPassword', 'listAccountDevices'] as const) {
      const response = await server.client.respond(route, { token: ben.token, params: { user } });
      expect([response.status, await response.text()]).toEqual([
        403,
        '{"code":"forbidden","message":"Only administrators may do this.","retryable":false}',
      ]);
    }
  }
});

test('[ADMIN1] a page of another origin does nothing with the cookie', async () => {
  const ben = await server.person('ben');
  const cookie = `maru_token=${root.token}`;
  const params = { user: ben.user };
  const headers = { cookie, origin: 'https://evil.example' };
  expect(await server.client.refused('suspendAccount', { params, headers })).toBe('origin-refused');
  expect(await server.client.refused('resetPassword', { params, headers })).toBe('origin-refused');
});

describe('[ADMIN6] accounts', () => {
  test('are listed in pages, each account once, with what is to be known of it', async () => {
    for (const handle of ['eve', 'ada', 'dan', 'ben']) await server.person(handle);
    const read: string[] = [];
    let after: string | undefined;
    do {
      const query = { limit: 2, ...(after !== undefined && { after }) };
      const page = await server.client.call('listAccounts', { ...by(), query });
      read.push(...page.accounts.map(({ handle }) => handle));
      after = page.next;
    } while (after !== undefined);
    expect(read).toEqual(['ada', 'ben', 'dan', 'eve', 'root']);
  });

  test('are at most so many a page', async () => {
    const outcome = (limit: number) => server.client.outcome('listAccounts', { ...by(), query: { limit } });
    expect(await outcome(limits.ADMIN_PAGE_MAX)).toBe('done');
    expect(await outcome(limits.ADMIN_PAGE_MAX + 1)).toBe('bad-request');
    expect(await outcome(0)).toBe('bad-request');
  });

  test('are shown one by one, deleted ones included', async () => {
    const ada = await server.person('ada');
    await server.group(ada, root);
    const session = await server.open(ada.token);
    const minute = server.clock.now() - (server.clock.now() % 60_000);
    const shown = { devices: 1, rooms: 1, lastSeenAt: minute };
    expect(await server.client.call('getAccount', of(ada.user))).toMatchObject({ handle: 'ada', ...shown });
    session.session?.carrierClosed();
    await server.engine.directory.deleteUser(ada.user, server.clock.now());
    expect(await server.client.call('getAccount', of(ada.user))).toMatchObject({
      state: 'deleted',
      devices: 0,
    });
    expect(await server.client.refused('suspendAccount', of(ada.user))).toBe('not-found');
    expect(await server.client.refused('getAccount', of(newUserId()))).toBe('not-found');
  });
});

test('[ADMIN6] invites are listed by an id, in pages, and taken back', async () => {
  const { client } = server;
  const made = [];
  for (const expiresInS of [60, 180, 120]) {
    made.push(await client.call('createInvite', { ...by(), body: { expiresInS } }));
  }
  const [first, last, middle] = made.map(({ id }) => id ?? '');
  const page = await client.call('listInvites', { ...by(), query: { limit: 2 } });
  expect(page.invites.map(({ id }) => id)).toEqual([first ?? '', middle ?? '']);
  expect(page.invites[0]?.createdBy).toEqual({ user: root.user, handle: 'root' });
  const rest = await client.call('listInvites', { ...by(), query: { limit: 2, after: page.next ?? '' } });
  expect(rest.invites.map(({ id }) => id)).toEqual([last ?? '']);
  expect(rest.next).toBeUndefined();
  expect(JSON.stringify([page, rest])).not.toContain(made[0]?.invite ?? '');
  const params = { invite: middle ?? '' };
  await client.call('revokeInvite', { ...by(), params });
  expect(await client.refused('revokeInvite', { ...by(), params })).toBe('not-found');
  expect((await client.call('listInvites', by())).invites).toHaveLength(2);
});

describe('[ADMIN7] of a device administrators see', () => {
  const devicesOf = async (user: UserId) => server.client.call('listAccountDevices', of(user));

  test('nothing but the device, until it has said where it is', async () => {
    const ada = await server.person('ada');
    const { devices } = await devicesOf(ada.user);
    expect(devices).toMatchObject([{ device: ada.device, name: 'laptop', signedIn: true, connected: false }]);
    expect(devices[0]).not.toHaveProperty('lacks');
  });

  test('of those that are signed out the newest only: nothing ends them', async () => {
    const ada = await server.person('ada');
    const made: DeviceId[] = [];
    for (let count = 0; count < limits.DEVICES_MAX + 9; count++) {
      server.clock.advance(1_000);
      const [device, at] = [newDeviceId(), server.clock.now()];
      made.push(device);
      const tokenHash = hashSecret(`maru_${count}`);
      const signIn = { device, user: ada.user, name: 'laptop', tokenHash, at };
      await server.engine.directory.signIn(signIn, limits.DEVICES_MAX);
      await server.engine.directory.signOut(ada.user, device);
    }
    const { devices } = await devicesOf(ada.user);
    const shown = new Set(devices.map(({ device }) => device));
    expect(devices.filter(({ signedIn }) => !signedIn)).toHaveLength(limits.DEVICES_MAX);
    expect(shown).toEqual(new Set([ada.device, ...made.slice(-limits.DEVICES_MAX)]));
  });

  test('what it lacks: with a session, after it, and polling', async () => {
    const ada = await server.person('ada');
    const [one, two] = [await server.group(root, ada), await server.group(root, ada)];
    const lacks = async () => (await devicesOf(ada.user)).devices[0]?.lacks;
    const session = await server.open(ada.token);
    session.say({ kind: 'sync', id: 1, eventsPerRoom: 0 });
    const { cursor } = await session.take('synced');
    session.say({ kind: 'beat', state: 'active', cursor });
    await session.take('beat');
    expect(await lacks()).toEqual({ rooms: 0, events: 0, atLeast: false });
    await server.send(root, one, 'a');
    await server.send(root, one, 'b');
    expect(await lacks()).toEqual({ rooms: 1, events: 2, atLeast: false });
    session.session?.carrierClosed();
    await server.send(root, two, 'c');
    // What it said is written with others' signs of life.
    server.clock.advance(60_000);
    await settled();
    expect(await lacks()).toEqual({ rooms: 2, events: 3, atLeast: false });
    const { head, devices } = await devicesOf(ada.user);
    expect(devices[0]?.cursor).toBeLessThan(head);
    const synced = await server.client.call('getSync', { token: ada.token, query: { cursor } });
    await server.client.call('postBeat', {
      token: ada.token,
      body: { state: 'away', cursor: synced.cursor },
    });
    server.clock.advance(60_000);
    await settled();
    expect(await lacks()).toEqual({ rooms: 0, events: 0, atLeast: false });
  });

  test('no events that its user may not see', async () => {
    const ada = await server.person('ada');
    const room = await server.group(root, ada);
    const session = await server.open(ada.token);
    session.say({ kind: 'beat', state: 'active', cursor: (await sync(ada)).cursor });
    await session.take('beat');
    const command = () => ({ room, clientMessageId: server.nextId() });
    const say = (body: object) =>
      server.client.call('postCommand', { ...by(), body: { ...command(), ...body } as never });
    await say({ kind: 'set-history', history: 'since-joined' });
    await say({ kind: 'remove', user: ada.user });
    await server.send(root, room, 'secret');
    await server.send(root, room, 'more of it');
    const lacks = async () => (await devicesOf(ada.user)).devices[0]?.lacks;
    expect(await lacks()).toEqual({ rooms: 1, events: 0, atLeast: false });
    await say({ kind: 'add', users: [ada.user] });
    // The setting, and from her coming back on.
    expect(await lacks()).toEqual({ rooms: 1, events: 2, atLeast: false });
  });

  test('so many rooms exactly, and at least so many events', async () => {
    const ada = await server.person('ada');
    const { cursor } = await sync(ada);
    const session = await server.open(ada.token);
    session.say({ kind: 'beat', state: 'active', cursor });
    await session.take('beat');
    const rooms = limits.LAG_ROOMS_COUNTED_MAX;
    for (let i = 0; i < rooms; i++) await server.group(root, ada);
    const lacks = async () => (await devicesOf(ada.user)).devices[0]?.lacks;
    expect(await lacks()).toEqual({ rooms, events: rooms, atLeast: false });
    await server.group(root, ada);
    expect(await lacks()).toEqual({ rooms: rooms + 1, events: rooms, atLeast: true });
  });

  const sync = ({ token }: TestPerson) => server.client.call('getSync', { token });
});

/** What was begun by a timer comes to its end. */
async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}
