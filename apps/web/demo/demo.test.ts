import { afterAll, beforeAll, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { createApi, createClient, MemoryStore, systemEnvironment } from '@maru/client';
import { DemoProcess } from './testing/demo-process.ts';

/** 40 sign-ups under load. */
const START_MS_MAX = 120_000;

let demo: DemoProcess;
beforeAll(async () => {
  demo = await DemoProcess.start(['--seed', '7', '--pace', '20']);
}, START_MS_MAX);
afterAll(() => demo?.[Symbol.asyncDispose]());

test('a link signs one browser in, once, on the host that the server is opened by', async () => {
  for (const [link, host, handle] of [
    [demo.first, '127.0.0.1', 'mina'],
    [demo.second, 'localhost', 'jun'],
  ] as const) {
    expect(new URL(link).hostname).toBe(host);
    const entered = await fetch(link, { redirect: 'manual' });
    expect(entered.status).toBe(303);
    const to = entered.headers.get('location') ?? '';
    expect(new URL(to).hostname).toBe(host);
    const [cookie = '', sign = ''] = entered.headers.getSetCookie();
    expect(cookie).toContain('HttpOnly');
    // By this the page knows that it need only ask who is signed in.
    expect(sign).toStartWith('maru_signed_in=1; ');
    const me = await fetch(new URL('/v1/me', to), { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(await me.json()).toMatchObject({ handle });
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(404);
    expect((await fetch(to, { headers: { accept: 'text/html' } })).status).toBeLessThan(500);
  }
  // The server itself has no such door.
  const elsewhere = await fetch(new URL(new URL(demo.first).pathname, demo.url));
  expect(elsewhere.headers.get('set-cookie')).toBeNull();
});

test('people are there, talk, type, read, react, answer, come and go', async () => {
  const { http } = systemEnvironment();
  const body = { handle: 'mina', password: demo.password, device: { name: 'test' } };
  const signedIn = await createApi({ baseUrl: demo.url, http }).logIn({ body });
  await using mina = await createClient({ baseUrl: demo.url, store: new MemoryStore(), signedIn });
  await mina.online();
  expect(mina.rooms.length).toBeGreaterThanOrEqual(12);
  expect(mina.requests).toHaveLength(2);
  expect(mina.contacts.contacts.length).toBeGreaterThanOrEqual(5);
  const { administrator } = await mina.api.getMe();
  expect(administrator).toBe(true);

  // Watched until everything was seen at least once.
  const heads = () => mina.rooms.reduce((sum, { latest }) => sum + Number(latest?.seq ?? 0), 0);
  const before = heads();
  const rooms = mina.rooms.map(({ room }) => room);
  for (const room of rooms) await mina.open(room);
  await mina.until(() => heads() >= before + 3);
  await mina.until(() => rooms.some((room) => (mina.room(room)?.typing.length ?? 0) > 0));
  const messages = () => rooms.flatMap((room) => mina.room(room)?.messages ?? []);
  await mina.until(() => messages().some(({ reactions }) => reactions.length > 0));

  const direct = mina.rooms.find(({ roomKind, peer }) => roomKind === 'direct' && peer !== undefined);
  if (direct === undefined) throw new Error('the visitor has no conversation of two');
  const sending = await mina.commands.send(direct.room, '안녕하세요!');
  const outcome = await sending.outcome();
  expect(outcome.kind).toBe('accepted');
  const own = () =>
    mina
      .room(direct.room)
      ?.messages.find(
        ({ content }) => content !== undefined && 'text' in content && content.text === '안녕하세요!',
      );
  await mina.until(() => own()?.state === 'read');
  await mina.until(() => mina.room(direct.room)?.messages.at(-1)?.sender === direct.peer);

  // They close their devices and open them again: twice fewer than before, and more after each.
  const turns = ['fewer', 'more', 'fewer', 'more'] as const;
  let sessions = (await mina.api.getFigures()).sessions;
  for (const turn of turns) {
    for (let next = sessions; ; next = (await mina.api.getFigures()).sessions) {
      const isTurn = turn === 'fewer' ? next < sessions : next > sessions;
      sessions = next;
      if (isTurn) break;
      await Bun.sleep(50);
    }
  }
});

test('Ctrl+C ends it with nothing left', async () => {
  expect(existsSync(demo.data)).toBe(true);
  expect(await demo.interrupt()).toBe(0);
  expect(demo.complaints).toBe('');
  expect(existsSync(demo.data)).toBe(false);
  const asked = fetch(demo.url).then(
    () => 'answers',
    () => 'is gone',
  );
  expect(await asked).toBe('is gone');
});
