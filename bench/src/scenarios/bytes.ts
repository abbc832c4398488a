import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import type { Person } from '../seed/seed.ts';
import { withSeed } from '../seed/with-seed.ts';

/** What a message costs on the disk. */
export const bytes: Scenario = {
  name: 'bytes',
  about: 'stored bytes for a 100-byte message, all files of the data folder, all indexes',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const [roomCount, each] = bench.smoke ? [10, 20] : [200, 500];
  const dataFolder = path.join(bench.folder('bytes'), 'data');
  const rooms = await withSeed(dataFolder, async (seed) => {
    const people = await seed.people(roomCount * 2);
    const seeded: { room: Awaited<ReturnType<typeof seed.direct>>; members: Person[] }[] = [];
    for (let i = 0; i + 1 < people.length; i += 2) {
      const members = people.slice(i, i + 2);
      const [a, b] = members;
      if (a !== undefined && b !== undefined) seeded.push({ room: await seed.direct(a, b), members });
    }
    return seeded;
  });
  const before = bytesBelow(dataFolder);
  await withSeed(dataFolder, async (seed) => {
    for (const { room } of rooms) seed.continueRoom(room, { seq: 1, ordinal: 0 });
    for (let i = 0; i < each; i++) {
      for (const { room, members } of rooms) await seed.messages(room, [members[i % 2] as Person], 1, 100);
    }
  });
  const value = (bytesBelow(dataFolder) - before) / (roomCount * each);
  return [{ metric: 'stored bytes of a 100-byte message', value, unit: 'B', atMost: 500 }];
}

function bytesBelow(folder: string): number {
  let sum = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) sum += statSync(path.join(entry.parentPath, entry.name)).size;
  }
  return sum;
}
