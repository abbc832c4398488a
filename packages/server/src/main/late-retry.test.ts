import { expect, test } from 'bun:test';
import type { CommandFrame } from '@maru/protocol';
import { openForTest } from '../engines/sqlite/testing/open-for-test.ts';
import { scratchFolder } from '../engines/sqlite/testing/scratch-folder.ts';
import { ManualClock } from '../ports/testing/manual-clock.ts';
import { composedServer } from './testing/composed-server.ts';

const YEAR_MS = 365 * 86_400_000;
const scratch = scratchFolder();

// Everything at once that makes a retry late: another year, another life of the server, another transport.
test('[ONCE1][ONCE4][ONCE5][ONCE7][DUR6] a year and a restart later, by HTTP, what a socket sent gets its first answer', async () => {
  const [folder, clock] = [scratch.next(), new ManualClock()];
  const first = composedServer({ engine: await openForTest(folder), clock });
  const [ada, ben] = [await first.person('ada'), await first.person('ben')];
  const room = await first.group(ada, ben);
  const socket = await first.open(ada.token);
  const send: CommandFrame = {
    kind: 'send',
    room,
    clientMessageId: first.nextId(),
    content: { type: 'text', text: 'once' },
  };
  socket.say(send);
  const { seq } = await socket.take('accepted');
  const forbidden: CommandFrame = { kind: 'rename', room, clientMessageId: first.nextId(), name: 'Mine' };
  const bens = await first.open(ben.token);
  bens.say(forbidden);
  expect((await bens.take('refused')).code).toBe('forbidden');
  await first.send(ben, room, 'an answer');
  await first[Symbol.asyncDispose]();

  clock.jump(YEAR_MS);
  await using server = composedServer({ engine: await openForTest(folder), clock });
  const { client } = server;
  const headOf = async (): Promise<number> => (await server.engine.inboxes.heads([room]))[0]?.seq ?? 0;
  const head = await headOf();
  const witness = await server.open(ben.token);
  const retry = () => client.call('postCommand', { token: ada.token, body: send });
  expect((await retry()).seq).toBe(seq);
  expect(await client.refused('postCommand', { token: ben.token, body: forbidden })).toBe('forbidden');
  const status = (token: string, { clientMessageId }: CommandFrame) =>
    client.call('getStatus', { token, params: { room, clientMessageId } });
  expect(await status(ada.token, send)).toMatchObject({ status: 'accepted', seq });
  expect(await status(ben.token, forbidden)).toEqual({ status: 'refused', code: 'forbidden' });
  expect(await headOf()).toBe(head);

  // With something newer of the device, the year has put the old id below all that is kept: it is looked up.
  const newer = await server.send(ada, room, 'a year later');
  expect(newer).toBe(head + 1);
  expect((await retry()).seq).toBe(seq);
  expect((await witness.take('events')).events.map((event): number => event.seq)).toEqual([newer]);
  expect(await headOf()).toBe(newer);
});
