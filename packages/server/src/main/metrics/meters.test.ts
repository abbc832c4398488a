import { expect, test } from 'bun:test';
import { createMemoryEngine } from '../../engines/memory/memory-engine.ts';
import { composedServer } from '../testing/composed-server.ts';
import { createMeters, readWhenAsked } from './meters.ts';

test('[ORD7] a dead letter is counted, and stands in the log by its names alone', async () => {
  const engine = createMemoryEngine();
  let damaged = false;
  const rooms: typeof engine.rooms = {
    ...engine.rooms,
    async state(room) {
      const state = await engine.rooms.state(room);
      // As by a fault of the program's: no rule can go on from this.
      return damaged && state !== undefined ? { ...state, windows: undefined as never } : state;
    },
  };
  const first = composedServer({ engine });
  const [ada, ben] = [await first.person('ada'), await first.person('ben')];
  const room = await first.group(ada, ben);
  await first[Symbol.asyncDispose]();

  damaged = true;
  const lived = engine.reopen();
  await using server = composedServer({ engine: { ...lived, rooms: { ...rooms, state: rooms.state } } });
  const meters = createMeters();
  readWhenAsked(meters, {
    sessions: () => server.gateway.stats(),
    commitQueue: () => server.committer.waiting,
    viewsLag: () => 0,
    deadLetters: server.deadLetters,
    logInFailures: server.logInFailures,
  });
  const count = async () => /^maru_dead_letters_total (\d+)$/m.exec(await meters.registry.metrics())?.[1];
  expect(await count()).toBe('0');
  const body = {
    kind: 'send',
    room,
    clientMessageId: server.nextId(),
    content: { type: 'text', text: 'zqsecret' },
  } as const;
  const { status } = await server.client.respond('postCommand', { token: ada.token, body });
  expect(status).toBe(500);
  expect(await count()).toBe('1');
  const line = server.logged.find((each) => each.includes('a dead letter')) ?? '';
  expect(line).toContain(body.clientMessageId);
  expect(server.logged.join()).not.toContain('zqsecret');
});
