import { describe, expect, test } from 'bun:test';
import { limits, type Profile, refusal, type UserId } from '@maru/protocol';
import { MemoryStore } from '../store/memory-store.ts';
import { entry, ME, messages, OTHER, THIRD } from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';
import { settle } from '../testing/virtual-clock.ts';

/** Longer than the jitter of a refresh. */
const REFRESHED_MS = 6_000;

/** What the server knows of people, and answers. */
function directory({ server }: Pick<World, 'server'>, profiles: Record<string, Omit<Profile, 'user'>>) {
  const asked: { users: UserId[]; known?: number[] }[] = [];
  const changes: object[] = [];
  let refused = false;
  server.http = ({ method, url, body }) => {
    if (method === 'PATCH' && url.endsWith('/v1/me')) {
      if (refused) return json(400, refusal('bad-request', 'no'));
      const change = JSON.parse(String(body)) as object;
      changes.push(change);
      const own = { ...profiles[ME], ...change, changedAt: (profiles[ME]?.changedAt ?? 0) + 1 };
      profiles[ME] = own as Omit<Profile, 'user'>;
      const settings = { hidePresence: false };
      const device = 'device_01h455vb4pex5vsknk084sn02s';
      return json(200, { user: ME, device, administrator: false, settings, ...own });
    }
    if (!url.endsWith('/v1/users/lookup')) return undefined;
    const request = JSON.parse(String(body)) as { users: UserId[]; known?: number[] };
    asked.push(request);
    const there = request.users.flatMap((user) => (profiles[user] ? [{ user, ...profiles[user] }] : []));
    const users = there.filter(
      ({ user, changedAt }) => request.known?.[request.users.indexOf(user)] !== changedAt,
    );
    return json(200, { users, gone: request.users.filter((user) => profiles[user] === undefined) });
  };
  return { asked, changes, profiles, refuse: () => (refused = true) };
}

const AVATAR = 'f'.repeat(64);
const jun = { handle: 'jun', name: 'Jun', status: 'away', avatar: AVATAR, changedAt: 5 };

describe('people', () => {
  test('[PEOPLE3] are known by name, status and all after a restart, before there is a server', async () => {
    const world = await onlineClient();
    directory(world, { [OTHER]: jun });
    await world.client.lookUp([OTHER]);
    expect(world.client.person(OTHER)).toEqual({ user: OTHER, ...jun });
    await world.server.clock.advance(1_000);
    const again = await startClient({ store: world.store.crash() });
    expect(again.client.person(OTHER)).toEqual({ user: OTHER, ...jun });
    expect(again.client.people.map(({ name }) => name)).toEqual(['Jun']);
  });

  test('[PEOPLE2] change when a frame says so, in lists of members too, and never back', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    directory(world, { [OTHER]: jun });
    await client.lookUp([OTHER]);
    let told = 0;
    client.subscribe(() => told++);
    await server.connection.push({ kind: 'profile', user: OTHER, ...jun, name: 'Jun K.', changedAt: 7 });
    expect([client.person(OTHER)?.name, told]).toEqual(['Jun K.', 1]);
    await server.connection.push({ kind: 'profile', user: OTHER, ...jun, name: 'older', changedAt: 6 });
    expect([client.person(OTHER)?.name, told]).toEqual(['Jun K.', 1]);
  });

  test('[PEOPLE3] who is shown is asked for after a reconnect, and only what changed comes', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    const { asked, profiles } = directory(world, { [OTHER]: jun, [THIRD]: { ...jun, handle: 'third' } });
    await client.lookUp([OTHER, THIRD]);
    await client.lookUp([OTHER, THIRD]);
    expect(asked).toHaveLength(1);
    client.person(OTHER);
    profiles[OTHER] = { ...jun, name: 'Jun, renamed while this device slept', changedAt: 9 };
    await server.connection.close(1006);
    await reconnect(world);
    await goOnline(world);
    await server.clock.advance(REFRESHED_MS);
    expect(asked.slice(1)).toEqual([{ users: [OTHER], known: [5] }]);
    expect(client.person(OTHER)?.name).toBe('Jun, renamed while this device slept');
  });

  test('[PEOPLE3] who is shown is asked for from time to time, as bigger rooms tell of nobody', async () => {
    const world = await onlineClient();
    const { asked, profiles } = directory(world, { [OTHER]: jun });
    world.client.person(OTHER);
    await world.server.clock.advance(REFRESHED_MS);
    expect(world.client.person(OTHER)?.name).toBe('Jun');
    profiles[OTHER] = { ...jun, name: 'new', changedAt: 9 };
    for (let beat = 0; beat < 130; beat++) {
      await world.server.clock.advance(5_000);
      await world.server.connection.push({
        kind: 'beat',
        cursor: world.server.connection.last('beat').cursor as never,
        changed: [],
        sync: false,
      });
    }
    expect(world.client.person(OTHER)?.name).toBe('new');
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  test('[PEOPLE3] who is gone is forgotten, and who came live meanwhile is not put back', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    const { profiles } = directory(world, { [OTHER]: jun, [THIRD]: { ...jun, changedAt: 3 } });
    await client.lookUp([OTHER, THIRD]);
    delete profiles[OTHER];
    client.person(OTHER);
    client.person(THIRD);
    const answer = server.http;
    server.http = (request) => {
      const answered = answer(request);
      // The answer was read before the change that comes before it.
      if (request.url.endsWith('/lookup')) {
        void server.connection.push({ kind: 'profile', user: THIRD, ...jun, name: 'newest', changedAt: 8 });
      }
      return answered;
    };
    profiles[THIRD] = { ...jun, name: 'between', changedAt: 7 };
    await server.connection.close(1006);
    await reconnect(world);
    await goOnline(world);
    await server.clock.advance(REFRESHED_MS);
    expect(client.person(OTHER)).toBeUndefined();
    expect(client.person(THIRD)?.name).toBe('newest');
  });

  test('beyond so many, those are forgotten who were not shown for longest', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    const id = (n: number) => `user_01h455vb4pex5vsknk084s${String(n).padStart(4, '0')}` as UserId;
    client.person(id(0));
    for (let n = 0; n <= 5_001; n++) {
      await server.connection.push({ kind: 'profile', user: id(n), ...jun, name: `${n}` });
    }
    expect(client.people).toHaveLength(5_000);
    expect([0, 1, 2, 3].map((n) => client.person(id(n))?.name)).toEqual(['0', undefined, undefined, '3']);
    expect(limits.LOOK_UP_PEOPLE_MAX).toBe(1_000);
  });

  test('are erased when the device is signed out', async () => {
    const world = await onlineClient();
    directory(world, { [OTHER]: jun });
    await world.client.lookUp([OTHER]);
    const { http } = world.server;
    world.server.http = (request) =>
      request.url.endsWith('/v1/sessions/current') ? { status: 204, body: new Uint8Array() } : http(request);
    await world.client.signOut();
    expect((await world.store.load()).people).toEqual([]);
  });
});

test('[PEOPLE1] somebody is found by the handle, and by the id once they are known', async () => {
  const world = await onlineClient();
  const answer = { user: OTHER, ...jun };
  const paths: string[] = [];
  world.server.http = ({ url }) => {
    paths.push(url.replace(/^https:..[^/]+/, ''));
    return json(200, answer);
  };
  expect(await world.client.findPerson('jun')).toEqual(answer);
  expect(await world.client.findPerson('jun')).toEqual(answer);
  expect(paths).toEqual(['/v1/users?handle=jun', `/v1/users/${OTHER}`]);
});

describe('the own profile', () => {
  test('[PEOPLE4] changes at once, without a server too, and is there after a restart', async () => {
    const world = await onlineClient([entry(messages(1, 1))]);
    const own = directory(world, { [ME]: { handle: 'me', name: 'Me', changedAt: 1 } });
    await world.client.lookUp([ME]);
    await world.server.connection.close(1006);
    world.server.down = true;
    void world.client.updateProfile({ name: 'Mina', status: 'first' });
    void world.client.updateProfile({ status: 'second' });
    expect(world.client.person(ME)).toMatchObject({ name: 'Mina', status: 'second' });
    expect(world.client.person(ME)).toBe(world.client.person(ME));
    await world.server.clock.advance(1_000);
    const again = await startClient({ store: world.store.crash() });
    expect(again.client.person(ME)).toMatchObject({ name: 'Mina', status: 'second' });
    const later = directory(again, own.profiles);
    await goOnline(again, [entry(messages(1, 1))]);
    await settle();
    expect(later.changes).toEqual([{ name: 'Mina', status: 'second' }]);
    expect(again.client.person(ME)).toMatchObject({ name: 'Mina', status: 'second', changedAt: 2 });
    await again.server.clock.advance(1_000);
    expect((await again.store.load()).profileChange).toBeUndefined();
  });

  test('[PEOPLE4] is brought again after an answer got lost, and goes back where the server refuses', async () => {
    const world = await onlineClient();
    const own = directory(world, { [ME]: { handle: 'me', name: 'Me', changedAt: 1 } });
    await world.client.lookUp([ME]);
    world.server.down = true;
    const changed = world.client.updateProfile({ name: 'Mina' });
    await settle();
    world.server.down = false;
    await world.server.clock.advance(5_000);
    await changed;
    expect(own.changes).toEqual([{ name: 'Mina' }]);
    own.refuse();
    const refused = await world.client.updateProfile({ name: '' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'ApiError', code: 'bad-request' });
    expect(world.client.person(ME)?.name).toBe('Mina');
  });

  test('[PEOPLE4] settings go the same way, and change nothing of what others see', async () => {
    const world = await onlineClient();
    const own = directory(world, { [ME]: { handle: 'me', name: 'Me', changedAt: 1 } });
    await world.client.lookUp([ME]);
    world.server.down = true;
    const before = world.client.person(ME);
    const done = world.client.updateSettings({ whoMayWrite: 'contacts', findable: false });
    expect(world.client.person(ME) as object).toEqual(before as object);
    await settle();
    world.server.down = false;
    await world.server.clock.advance(5_000);
    await done;
    expect(own.changes).toEqual([{ whoMayWrite: 'contacts', findable: false }]);
  });

  test('[PEOPLE4] tells who waits when the client is closed before', async () => {
    const { client, server } = await startClient({ store: new MemoryStore() });
    server.down = true;
    const waiting = client.updateProfile({ name: 'Mina' }).catch((error: unknown) => error);
    await client[Symbol.asyncDispose]();
    expect(await waiting).toMatchObject({ name: 'ClientClosed' });
  });
});

describe('[PEOPLE5] an avatar', () => {
  /** The first bytes of a PNG of this size. */
  const png = (side: number, length = 64) => {
    const bytes = new Uint8Array(length);
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
    new DataView(bytes.buffer).setUint32(16, side);
    new DataView(bytes.buffer).setUint32(20, side);
    return bytes;
  };

  test('goes up as the file that it is, is known at once, and comes down as bytes', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    const own = { user: ME, handle: 'me', name: 'Me', changedAt: 1 };
    directory(world, { [ME]: own });
    await client.lookUp([ME]);
    const answer = server.http;
    const sent: unknown[] = [];
    const rest = { device: 'device_01h455vb4pex5vsknk084sn02s', administrator: false };
    const me = { ...own, ...rest, settings: { hidePresence: false } };
    server.http = (request) => {
      const { method, url, headers, body } = request;
      if (url.endsWith(`/v1/avatars/${AVATAR}`)) return { status: 200, body: png(1) };
      if (!url.endsWith('/v1/me/avatar')) return answer(request);
      sent.push([method, headers['content-type'], body]);
      if (method === 'DELETE') return json(200, { ...me, changedAt: 3 });
      return json(200, { ...me, avatar: AVATAR, changedAt: 2 });
    };
    await client.setAvatar(png(300));
    expect(client.person(ME)?.avatar).toBe(AVATAR);
    expect(await client.avatar(AVATAR)).toEqual(png(1));
    await client.removeAvatar();
    expect(client.person(ME)?.avatar).toBeUndefined();
    expect(sent).toEqual([
      ['PUT', 'image/png', png(300)],
      ['DELETE', undefined, undefined],
    ]);
  });

  test('that can be none is not sent', async () => {
    const { client, server } = await onlineClient();
    const before = server.requests.length;
    const codeOf = async (image: Uint8Array<ArrayBuffer>) =>
      client.setAvatar(image).then(
        () => 'sent',
        (error: unknown) => (error as { code: string }).code,
      );
    expect(await codeOf(new Uint8Array(100))).toBe('image-unreadable');
    expect(await codeOf(png(5_001))).toBe('image-too-large');
    expect(await codeOf(png(300, limits.AVATAR_UPLOAD_BYTES_MAX + 1))).toBe('image-too-large');
    expect(server.requests.length).toBe(before);
  });
});
