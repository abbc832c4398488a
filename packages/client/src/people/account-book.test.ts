import { expect, test } from 'bun:test';
import type { AccountSettings } from '@maru/protocol';
import { refusal } from '@maru/protocol';
import { ME, MY_DEVICE } from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient, type World } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';
import { settle } from '../testing/virtual-clock.ts';

const FIRST = {
  hidePresence: false,
  findable: true,
  whoMayWrite: 'everyone',
  whoMayAdd: 'everyone',
} as const;

/** A server with an account's settings; `asked` are the requests about it. */
function account({ server }: World) {
  const asked: string[] = [];
  const state = { settings: { ...FIRST } as AccountSettings, down: false, meanwhile: () => {} };
  server.http = ({ method, url, body }) => {
    if (!url.endsWith('/v1/me')) return undefined;
    asked.push(method);
    if (state.down) return json(503, { ...refusal('busy', 'Later.'), retryAfterMs: 1_000 });
    if (method === 'PATCH') state.settings = { ...state.settings, ...JSON.parse(String(body)) };
    const profile = { user: ME, handle: 'me', name: 'Me', changedAt: 1 };
    const answer = json(200, {
      ...{ ...profile, device: MY_DEVICE, administrator: false },
      settings: state.settings,
    });
    state.meanwhile();
    return answer;
  };
  return { asked, state };
}

test('[PEOPLE10] settings are read when somebody looks, once, and when another device changed them', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  const { asked, state } = account(world);
  await settle();
  expect(asked).toEqual([]);
  let told = 0;
  client.subscribe(() => told++);
  expect(client.accountSettings).toBeUndefined();
  await settle();
  const shown = client.accountSettings;
  expect([shown, told]).toEqual([FIRST, 1]);
  expect(client.accountSettings).toBe(shown as never);
  state.settings = { ...FIRST, findable: false };
  await server.connection.push({ kind: 'account' });
  expect(told).toBe(2);
  expect(asked).toEqual(['GET']);
  // As a front does that shows them.
  await client.until(() => client.accountSettings?.findable === false);
  expect(asked).toEqual(['GET', 'GET']);
});

test('[PEOPLE10] what changed while there was no session is read after it', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  const { asked, state } = account(world);
  await client.loadAccountSettings();
  await client.loadAccountSettings();
  expect(asked).toEqual(['GET']);
  await server.connection.close(1006);
  state.settings = { ...FIRST, whoMayAdd: 'contacts' };
  expect(client.accountSettings).toEqual(FIRST);
  await reconnect(world);
  await goOnline(world);
  await client.until(() => client.accountSettings?.whoMayAdd === 'contacts');
  expect(asked).toEqual(['GET', 'GET']);
});

test('[PEOPLE10] what is on its way shows at once, and nothing flickers when it has arrived', async () => {
  const world = await onlineClient();
  const { client } = world;
  const { asked, state } = account(world);
  await client.loadAccountSettings();
  state.down = true;
  const change = client.updateSettings({ hidePresence: true });
  const expected = { ...FIRST, hidePresence: true };
  expect(client.accountSettings).toEqual(expected);
  expect(client.accountSettings).toBe(client.accountSettings as never);
  const seen: unknown[] = [];
  client.subscribe(() => seen.push(client.accountSettings));
  await settle();
  state.down = false;
  await world.server.clock.advance(5_000);
  await change;
  expect(client.accountSettings).toEqual(expected);
  expect(new Set(seen.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(expected)]));
  expect(asked).toEqual(['GET', 'PATCH', 'PATCH']);
});

test('[PEOPLE10] an answer from before a change of another device is not the last word', async () => {
  const world = await onlineClient();
  const { client, server } = world;
  const { state } = account(world);
  state.meanwhile = () => {
    state.meanwhile = () => {};
    state.settings = { ...state.settings, findable: false };
    void server.connection.push({ kind: 'account' });
  };
  await client.loadAccountSettings();
  expect(client.accountSettings).toEqual({ ...FIRST, findable: false });
  state.meanwhile = () => {
    state.meanwhile = () => {};
    state.settings = { ...state.settings, whoMayWrite: 'contacts' };
    void server.connection.push({ kind: 'account' });
  };
  await client.updateSettings({ hidePresence: true });
  await client.until(() => client.accountSettings?.whoMayWrite === 'contacts');
  expect(client.accountSettings).toMatchObject({ hidePresence: true, findable: false });
});

test('[PEOPLE10] who looks again and again asks a server that can not answer from time to time', async () => {
  const world = await onlineClient();
  const { asked, state } = account(world);
  state.down = true;
  for (let looks = 0; looks < 5; looks++) {
    expect(world.client.accountSettings).toBeUndefined();
    await settle();
  }
  expect(asked).toEqual(['GET']);
  await expect(world.client.loadAccountSettings()).rejects.toMatchObject({ code: 'busy' });
  state.down = false;
  await world.client.loadAccountSettings();
  expect(world.client.accountSettings).toEqual(FIRST);
});

test('[PEOPLE10] settings that were read once are there after a restart without a server, with what is on its way', async () => {
  const first = await onlineClient();
  account(first);
  await first.client.loadAccountSettings();
  await first.client[Symbol.asyncDispose]();
  const { client, store } = await startClient({ store: first.store });
  const shown = client.accountSettings;
  expect(shown).toEqual(FIRST);
  expect(client.accountSettings).toBe(shown as never);
  void client.updateSettings({ findable: false });
  expect(client.accountSettings).toEqual({ ...FIRST, findable: false });
  await client[Symbol.asyncDispose]();
  const again = await startClient({ store });
  expect(again.client.accountSettings).toEqual({ ...FIRST, findable: false });
  again.server.http = ({ method }) => (method === 'DELETE' ? json(204, undefined) : undefined);
  await again.client.signOut();
  expect((await store.load()).accountSettings).toBeUndefined();
});
