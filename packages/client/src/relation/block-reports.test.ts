import { expect, test } from 'bun:test';
import { limits, refusal } from '@maru/protocol';
import { at, entry, message, messages, OTHER, ROOM } from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect, startClient } from '../testing/online-client.ts';
import { DIRECT, direct, type Relating, relating, take } from '../testing/pairs.ts';
import { answerStatus } from '../testing/sends.ts';

const CONTACT = { state: 'contact', seq: 2 } as const;
const REPORT = { reason: 'spam', note: 'again', room: ROOM, seq: at(2), include: true } as const;
const rooms = () => [direct(messages(1, 2), CONTACT), entry([message(1), message(2, { sender: OTHER })])];

test('[REPORT6] a block with a report is one command, which holds at once, over restarts, and goes out first', async () => {
  const first = await onlineClient(rooms());
  await first.server.connection.close(1006);
  await first.client.commands.send(ROOM, 'one');
  await first.client.commands.block(OTHER, REPORT);
  expect(first.client.isBlocked(OTHER)).toBe(true);
  const world = await startClient({ store: first.store.crash() });
  expect(world.client.isBlocked(OTHER)).toBe(true);
  await goOnline(world, rooms());
  const sent = world.server.connection.received.filter(({ kind }) => kind === 'relate' || kind === 'send');
  expect(sent).toMatchObject([
    { kind: 'relate', room: DIRECT, act: 'block', report: REPORT },
    { kind: 'send' },
  ]);
  // Unanswered it comes again as it was, so that it brings no second report.
  await world.server.connection.close(1006);
  await reconnect(world);
  await goOnline(world, rooms());
  expect(relating(world)).toEqual([sent[0] as Relating]);
});

test('[REPORT6] before a word was said it comes with the room, and given again it is still there', async () => {
  const world = await onlineClient([]);
  const { client, server } = world;
  await client.commands.block(OTHER, { reason: 'abuse' });
  const [create] = relating(world) as [Relating];
  const report = { reason: 'abuse', include: false };
  expect(create).toMatchObject({ kind: 'create', user: OTHER, relate: { act: 'block', report } });
  const { room, clientMessageId } = create;
  await server.connection.push({ kind: 'refused', room, clientMessageId, ...refusal('forbidden', 'No.') });
  await answerStatus(world, { status: 'unknown' });
  const [letter] = client.deadLetters;
  if (letter !== undefined) await client.commands.resend(room, letter.clientMessageId);
  const again = relating(world).at(-1) as Relating;
  expect(again.clientMessageId).not.toBe(clientMessageId);
  expect(again).toMatchObject({ relate: { act: 'block', report } });
  await server.connection.push(take(again, 1));
  expect(client.isBlocked(OTHER)).toBe(true);
});

test('[REPORT6] a report that could not be kept is refused here, and nothing is done', async () => {
  const { client } = await onlineClient(rooms());
  const note = 'x'.repeat(limits.REPORT_NOTE_CHARS_MAX + 1);
  await expect(client.commands.block(OTHER, { reason: 'spam', note })).rejects.toMatchObject({
    body: { code: 'bad-request', field: 'report' },
  });
  expect(client.isBlocked(OTHER)).toBe(false);
});
