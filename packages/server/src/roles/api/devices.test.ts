import { expect, test } from 'bun:test';
import { composedServer } from '../../main/testing/composed-server.ts';

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
