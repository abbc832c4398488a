import { describe, expect, test } from 'bun:test';
import { type ComposedServer, composedServer, type TestPerson } from '../../main/testing/composed-server.ts';

const MINUTE_MS = 60_000;

test('devices show when they were last there, to the minute: now, while they are connected', async () => {
  await using server = composedServer();
  const { clock, client } = server;
  const ada = await server.person('ada');
  const lastSeen = async () => {
    const { devices } = await client.call('listDevices', { token: ada.token });
    return devices[0]?.lastSeenAt;
  };
  const minute = () => clock.now() - (clock.now() % MINUTE_MS);
  const session = await server.open(ada.token);
  clock.advance(10 * MINUTE_MS);
  expect(await lastSeen()).toBe(minute());
  session.session?.carrierClosed();
  const left = minute();
  clock.advance(10 * MINUTE_MS);
  expect(await lastSeen()).toBe(left);
});

test('a device is renamed by its owner', async () => {
  await using server = composedServer();
  const ada = await server.person('ada');
  const { token, device } = ada;
  await server.client.call('renameDevice', { token, params: { device }, body: { name: 'Old laptop' } });
  const { devices } = await server.client.call('listDevices', { token });
  expect(devices).toMatchObject([{ device, name: 'Old laptop', current: true }]);
});

describe('[SOFT4] who is signed out is offline to others at once', () => {
  type Ending = (server: ComposedServer, ben: TestPerson) => Promise<unknown>;
  const logOut: Ending = ({ client }, { token }) => client.call('logOut', { token });
  const revoke: Ending = ({ client }, { token, device }) =>
    client.call('revokeDevice', { token, params: { device } });

  test.each([
    ['by logging out', logOut],
    ['by revoking the device', revoke],
  ])('%s: with a session, just after one, and polling', async (_how, end) => {
    await using server = composedServer();
    const ada = await server.person('ada');
    const signs = [
      async ({ token }: TestPerson) => {
        const session = await server.open(token);
        session.say({ kind: 'beat', state: 'active' });
        await session.take('beat');
      },
      async ({ token }: TestPerson) => (await server.open(token)).session?.carrierClosed(),
      async ({ token }: TestPerson) =>
        void (await server.client.call('postBeat', { token, body: { state: 'active' } })),
    ];
    for (const [number, sign] of signs.entries()) {
      const ben = await server.person(`ben${number}`);
      const room = await server.contacts(ada, ben);
      const present = async () =>
        (await server.client.call('getPresence', { token: ada.token, params: { room } })).present;
      await sign(ben);
      expect([number, await present()]).toEqual([number, 1]);
      await end(server, ben);
      expect([number, await present()]).toEqual([number, 0]);
    }
  });
});
