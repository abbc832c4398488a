import { afterEach, beforeEach, expect, test } from 'bun:test';
import { newPersonalCode, type PersonalCode } from '@maru/protocol';
import {
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../../main/testing/composed-server.ts';

let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;
beforeEach(async () => {
  server = composedServer({ config: { publicUrl: new URL('https://chat.example.org') } });
  ada = await server.person('ada');
  ben = await server.person('ben');
});
afterEach(() => server[Symbol.asyncDispose]());

const have = (renew = false, by = ada) =>
  server.client.call('putMyLink', { token: by.token, body: { renew } });
const follow = (code: PersonalCode, by = ben) =>
  server.client.respond('findByLink', { token: by.token, body: { code } });
/** All of an answer that its reader sees. */
const whole = async (response: Response) => [
  response.status,
  Object.fromEntries(response.headers),
  await response.text(),
];
const unknown = newPersonalCode(new Uint8Array(16).fill(7));

test('[FIND1] a link is a code of chance behind the #, for its owner alone, and the same on each device', async () => {
  expect(await server.client.refused('getMyLink', { token: ada.token })).toBe('not-found');
  const link = await have();
  expect(link.url).toBe(`https://chat.example.org/#user=${link.code}`);
  expect(link.code).not.toContain(ada.user.slice(5));
  expect(await server.client.call('getMyLink', { token: ada.token })).toEqual(link);
  expect(await have()).toEqual(link);
  expect(await server.client.refused('getMyLink', { token: ben.token })).toBe('not-found');
  expect((await have(false, ben)).code).not.toBe(link.code);
});

test('[FIND2] a link that was renewed or revoked leads to nobody, as one that never was', async () => {
  const { code: first } = await have();
  const { code: second } = await have(true);
  expect(second).not.toBe(first);
  expect((await follow(second)).status).toBe(200);
  const never = await whole(await follow(unknown));
  expect(await whole(await follow(first))).toEqual(never);
  await server.client.call('deleteMyLink', { token: ada.token });
  expect(await whole(await follow(second))).toEqual(never);
  expect(await server.client.refused('getMyLink', { token: ada.token })).toBe('not-found');
});

test('[FIND3] who has it finds the profile, of somebody who is not found by the handle, too, and asks', async () => {
  await server.client.call('updateMe', {
    token: ada.token,
    body: { findable: false, whoMayWrite: 'contacts' },
  });
  const { code } = await have();
  const query = { handle: 'ada' };
  expect(await server.client.refused('findUser', { token: ben.token, query })).toBe('not-found');
  const found = await server.client.call('findByLink', { token: ben.token, body: { code } });
  expect(found).toEqual(
    await server.client.call('getUser', { token: ben.token, params: { user: ada.user } }),
  );
  const ask = { token: ben.token, params: { user: found.user }, body: {} };
  expect(await server.client.outcome('requestContact', ask)).toBe('done');
  expect(await server.client.outcome('findByLink', { token: ada.token, body: { code } })).toBe('done');
});

test('[FIND3] [REL6] to whom its owner blocks it is a link that never was, and so it is when the owner is gone', async () => {
  const { code } = await have();
  const never = await whole(await follow(unknown));
  const block = (blocked: boolean) =>
    server.client.call('blockPerson', { token: ada.token, params: { user: ben.user }, body: { blocked } });
  await block(true);
  expect(await whole(await follow(code))).toEqual(never);
  expect((await follow(code, await server.person('cho'))).status).toBe(200);
  await block(false);
  expect((await follow(code)).status).toBe(200);
  await server.engine.directory.deleteUser(ada.user, server.clock.now());
  expect(await whole(await follow(code))).toEqual(never);
});

test('[FIND3] [LIMIT6] links are followed at the rate of a device, as handles are asked for', async () => {
  await using slow = composedServer({ config: { commandsPerSecond: 1 } });
  const { token } = await slow.person('ada');
  const tries = async (ask: () => Promise<string>) => {
    for (let made = 0; ; made++) if ((await ask()) === 'rate-limited') return made;
  };
  const byLink = await tries(() => slow.client.outcome('findByLink', { token, body: { code: unknown } }));
  slow.clock.advance(60_000);
  const byHandle = await tries(() => slow.client.outcome('findUser', { token, query: { handle: 'nobody' } }));
  expect(byLink).toBe(byHandle);
});

test('[PRIV6] a link stands in no line of the log', async () => {
  const { code } = await have();
  await follow(code);
  await follow(unknown);
  expect(server.logged.join()).not.toContain(code);
});
