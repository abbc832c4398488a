import { expect, test } from 'bun:test';
import { Person } from '../testing/person.ts';
import { serve, temporaryFolder } from '../testing/running-server.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

/** A proxy that passes requests on and knows nothing of upgrades, as some do. */
function startWall(server: string) {
  const done = { upgrades: 0, polls: 0 };
  const proxy = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    // A poll waits for longer than the runtime lets a connection be idle.
    idleTimeout: 60,
    async fetch(request) {
      if (request.headers.has('upgrade')) {
        done.upgrades++;
        return new Response('Bad gateway.\n', { status: 502 });
      }
      const { pathname, search } = new URL(request.url);
      if (pathname === '/v1/poll') done.polls++;
      const { method, headers, signal } = request;
      const body = method === 'GET' ? null : await request.text();
      return fetch(`${server}${pathname}${search}`, { method, headers, signal, body });
    },
  });
  return { url: proxy.url.origin, done, [Symbol.asyncDispose]: () => proxy.stop(true) };
}

test.each([
  ['by itself', [], true],
  ['by --transport poll, without trying', ['--transport', 'poll'], false],
] as const)(
  '[WIRE8] maru chat talks through a proxy that lets no WebSocket through, %s',
  async (_, flags, tries) => {
    using data = temporaryFolder();
    using state = temporaryFolder();
    await using server = await serve(data.path);
    await using wall = startWall(server.url);
    const person = new Person(state.path, wall.url);
    for (const handle of ['mina', 'jun'])
      expect(await person.run('sign-up', handle, '--profile', handle)).toMatchObject({ code: 0, err: '' });
    await using mina = new SpokenChat(person, ['@jun', '--profile', 'mina', ...flags]);
    await using jun = new SpokenChat(person, ['@mina', '--profile', 'jun', ...flags]);
    for (const chat of [mina, jun]) await chat.hears('Connection: online');
    await mina.say('안녕, Jun!');
    await jun.hears('안녕, Jun!');
    await jun.say('Hello, Mina.');
    await mina.hears('Hello, Mina.');
    expect([await mina.leave(), await jun.leave()]).toEqual([0, 0]);
    expect(wall.done.polls).toBeGreaterThan(3);
    expect(wall.done.upgrades > 0).toBe(tries);
  },
);
