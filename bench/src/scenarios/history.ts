import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RoomId } from '@maru/protocol';
import { writePlan } from '../load/plan.ts';
import { median } from '../measure/median.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { withSeed } from '../seed/with-seed.ts';
import { startMaru } from '../server/start-server.ts';

const PAGE = 50;
const P99_MS_MAX = 5;
const RATIO_MAX = 1.5;
/** Rooms that are written in between. */
const OTHER_ROOMS = 200;

type Place = 'end' | 'middle';

/** Opening a long room, and jumping into its middle. */
export const history: Scenario = {
  name: 'history',
  about: 'a page of a room of 1,000,000 events: its end, its middle, against a room of 10,000',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const [small, big] = bench.smoke ? [100, 1_000] : [10_000, 1_000_000];
  const folder = bench.folder('history');
  const rooms = await seedRooms(bench, folder, [small, big]);
  await using server = await startMaru(path.join(folder, 'data'));
  const rows: Measured[] = [];
  for (const place of ['end', 'middle'] as const) {
    const [few, many]: [number[], number[]] = [[], []];
    for (let round = 0; round < (bench.smoke ? 1 : 5); round++) {
      for (const [room, events, into] of [
        [rooms[0], small, few],
        [rooms[1], big, many],
      ] as const) {
        const paths = path.join(folder, 'paths');
        writePaths(paths, room, events, place);
        const options = { plan: path.join(folder, 'plan'), port: server.port, paths };
        const count = bench.smoke ? 20 : 1_000;
        into.push((await bench.generator.run('http', { ...options, count })).answer.p99);
      }
    }
    const label = `p99 of a page at the ${place}, ${big.toLocaleString('en-US')} events`;
    const [reference, value] = [median(few), median(many)];
    rows.push(
      { metric: label, value, unit: 'ms', atMost: P99_MS_MAX, reference },
      {
        metric: `${label}, against ${small.toLocaleString('en-US')}`,
        value: value / reference,
        unit: '×',
        atMost: RATIO_MAX,
      },
    );
  }
  await server.stop();
  return rows;
}

/** A hundred places of the same kind, so that no single page stays warm by itself. */
function writePaths(file: string, room: RoomId, events: number, place: Place): void {
  const lines = Array.from({ length: 100 }, () => {
    const base = `/v1/rooms/${room}/events?limit=${PAGE}`;
    if (place === 'end') return base;
    const from = Math.floor(events * (0.4 + Math.random() * 0.2));
    return `${base}&direction=around&from=${from}`;
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

async function seedRooms(bench: Bench, folder: string, sizes: readonly [number, number]) {
  return await withSeed(path.join(folder, 'data'), async (seed) => {
    const people = await seed.people(3);
    const [a, b, c] = people;
    if (a === undefined || b === undefined || c === undefined) throw new Error('three people are needed');
    const rooms = [await seed.direct(a, b), await seed.direct(a, c)] as const;
    const others = await Promise.all(Array.from({ length: OTHER_ROOMS }, () => seed.group([b, c])));
    const [small, big] = sizes;
    bench.say(`writing ${2 * big + small} events`);
    // As they would come: each followed by one of some other room, so that no two of a page lie side by side. The small
    // room has its time within the big one's.
    const begins = Math.floor((big - small) / 2);
    for (let i = 0; i < big; i++) {
      await seed.messages(rooms[1], i % 2 === 0 ? [a] : [c], 1, 100);
      if (i >= begins && i < begins + small) await seed.messages(rooms[0], i % 2 === 0 ? [a] : [b], 1, 100);
      const other = others[i % OTHER_ROOMS];
      if (other !== undefined) await seed.messages(other, [b], 1, 100);
    }
    writePlan(path.join(folder, 'plan'), { tokens: [a.token], rooms: [] });
    return rooms;
  });
}
