import { expect, test } from 'bun:test';
import { createClient, Entrance, type MaruClient, MemoryStore } from '@maru/client';
import { BrowserPage } from './browser-page.ts';
import { ServerProcess } from './server-process.ts';

// A page's whole life with an account, against the real server: the token is in the browser's hands alone.

const ANSWERED_MS = 30_000;

function entranceOf(server: ServerProcess, page: BrowserPage, deviceName: string): Entrance {
  const { environment } = page;
  return new Entrance({ baseUrl: server.url, deviceName, credential: 'cookie', environment });
}

async function clientOf(
  server: ServerProcess,
  page: BrowserPage,
  signedIn: NonNullable<Parameters<typeof createClient>[0]['signedIn']>,
): Promise<MaruClient> {
  const { environment } = page;
  const client = await createClient({ baseUrl: server.url, store: new MemoryStore(), signedIn, environment });
  await client.online(AbortSignal.timeout(ANSWERED_MS));
  return client;
}

test('[LINKDEV3] [LINKDEV6] a page signs up, lets another page in, is opened again, and logs out', async () => {
  await using server = await ServerProcess.start();
  const desk = new BrowserPage(server.url);
  const entrance = entranceOf(server, desk, 'Firefox on Linux');
  expect(await entrance.resume()).toBeUndefined();
  const signedUp = await entrance.signUp({ handle: 'mina', name: 'Mina', password: 'correct horse' });
  expect(signedUp.token).toBeUndefined();
  await using mina = await clientOf(server, desk, signedUp);

  const phone = new BrowserPage(server.url);
  const waiting = await entranceOf(server, phone, 'Chrome on Android').requestDevice();
  const confirmed = waiting.confirmed();
  expect(await mina.devices.look(waiting.code)).toMatchObject({
    name: 'Chrome on Android',
    sameNetwork: true,
  });
  const { check } = await mina.devices.confirm(waiting.code);
  expect(await confirmed).toEqual({ handle: 'mina', name: 'Mina' });
  const signedIn = await waiting.claim(check);
  await using second = await clientOf(server, phone, signedIn);
  expect(second.user).toBe(mina.user);
  expect((await mina.devices.list()).map(({ name }) => name)).toEqual([
    'Firefox on Linux',
    'Chrome on Android',
  ]);

  // A new tab, or a browser whose storage was emptied, has the cookie and nothing else.
  const me = await entranceOf(server, phone, 'Chrome on Android').resume();
  expect(me).toMatchObject({ user: mina.user, device: signedIn.device, handle: 'mina' });
  if (me === undefined) throw new Error('nobody is signed in');
  await (await clientOf(server, phone, me))[Symbol.asyncDispose]();

  for (const page of [desk, phone]) {
    const [token = ''] = page.cookies.values();
    expect(token).toMatch(/^maru_[\w-]{43}$/);
    expect(page.seen.join()).not.toContain(token);
  }
  await mina.devices.revoke(second.device);
  await second.until(() => second.connection.state === 'stopped', AbortSignal.timeout(ANSWERED_MS));
  expect(await entranceOf(server, phone, 'Chrome on Android').resume()).toBeUndefined();
  await mina.signOut();
  expect([...desk.cookies]).toEqual([]);
  expect(server.logged).not.toContain(waiting.code);
});
