import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { nextClientMessageId, type RoomId } from '@maru/protocol';
import { writePlan } from '../load/plan.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import type { Person } from '../seed/seed.ts';
import { withSeed } from '../seed/with-seed.ts';
import { startMaru } from '../server/start-server.ts';

const MESSAGES_EACH = 20;

/** A device of somebody with many rooms comes back. */
export const sync: Scenario = {
  name: 'sync',
  about: '1,000 rooms, 100 of them changed: one answer, and what it costs the server',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const [roomCount, changedCount] = bench.smoke ? [20, 5] : [1_000, 100];
  const folder = bench.folder('sync');
  const { reader, writer, rooms } = await seedRooms(folder, roomCount);
  await using server = await startMaru(path.join(folder, 'data'));
  const base = `http://127.0.0.1:${server.port}`;
  const cursor = await cursorOf(base, reader);
  for (const room of rooms.slice(0, changedCount)) await sendOver(base, writer, room);

  const answer = await get(base, reader, `/v1/sync?cursor=${cursor}`);
  if (answer.more || answer.rooms.length !== changedCount) {
    throw new Error(`${answer.rooms.length} rooms in the answer${answer.more ? ', and more' : ''}`);
  }
  const paths = path.join(folder, 'paths');
  writeFileSync(paths, `/v1/sync?cursor=${cursor}\n`);
  const plan = path.join(folder, 'plan');
  const count = bench.smoke ? 10 : 300;
  const warm = await bench.generator.run('http', { plan, port: server.port, paths, count, warmup: 20 });
  await server.stop();

  // Nothing is in memory yet: the user's rooms are read, and the code has run for nobody.
  await using fresh = await startMaru(path.join(folder, 'data'));
  const first = await bench.generator.run('http', { plan, port: fresh.port, paths, count: 1, warmup: 0 });
  await fresh.stop();
  const size = `${Math.round(warm.bytesEach / 1_000)} KB`;
  const metric = `${roomCount.toLocaleString('en-US')} rooms, ${changedCount} changed`;
  const note = `answer of ${size}, ${MESSAGES_EACH} events a room; by the clock of a client on the same machine`;
  return [
    { metric: `${metric}: p50`, value: warm.answer.p50, unit: 'ms', atMost: 20, note },
    { metric: `${metric}: p99`, value: warm.answer.p99, unit: 'ms', atMost: 20 },
    { metric: `${metric}: first request after a start`, value: first.answer.max, unit: 'ms' },
  ];
}

interface SyncAnswer {
  readonly cursor: string;
  readonly more: boolean;
  readonly rooms: readonly unknown[];
}

async function get(base: string, person: Person, where: string): Promise<SyncAnswer> {
  const response = await fetch(base + where, { headers: { authorization: `Bearer ${person.token}` } });
  if (!response.ok) throw new Error(`${where}: ${response.status} ${await response.text()}`);
  return (await response.json()) as SyncAnswer;
}

/** The cursor behind all pages of a snapshot. */
async function cursorOf(base: string, person: Person): Promise<string> {
  let answer = await get(base, person, '/v1/sync');
  while (answer.more) answer = await get(base, person, `/v1/sync?cursor=${answer.cursor}`);
  return answer.cursor;
}

async function sendOver(base: string, person: Person, room: RoomId): Promise<void> {
  const clientMessageId = nextClientMessageId(
    undefined,
    Date.now(),
    crypto.getRandomValues(new Uint8Array(10)),
  );
  const content = { type: 'text', text: 'x'.repeat(100) };
  const response = await fetch(`${base}/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'send', room, clientMessageId, content }),
  });
  if (!response.ok) throw new Error(`send: ${response.status} ${await response.text()}`);
}

async function seedRooms(folder: string, count: number) {
  return await withSeed(path.join(folder, 'data'), async (seed) => {
    const people = await seed.people(2);
    const [reader, writer] = people as [Person, Person];
    const rooms: RoomId[] = [];
    for (let i = 0; i < count; i++) {
      const room = await seed.group([reader, writer]);
      await seed.messages(room, [writer, reader], MESSAGES_EACH, 100);
      rooms.push(room);
    }
    writePlan(path.join(folder, 'plan'), { tokens: [reader.token], rooms: [] });
    return { reader, writer, rooms };
  });
}
