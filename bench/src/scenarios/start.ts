import path from 'node:path';
import { median } from '../measure/median.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { withSeed } from '../seed/with-seed.ts';
import { firstSocket } from '../server/first-socket.ts';
import { NO_PROC, residentBytes } from '../server/process-figures.ts';
import { freePort, maruCommand } from '../server/start-server.ts';

/** How long after the first socket the memory is looked at: what the start itself needed is still in it. */
const SETTLE_MS = 500;

/** From the command to the first socket. */
export const start: Scenario = {
  name: 'start',
  about: '`maru serve` on existing data to the first accepted socket, and memory then',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const dataFolder = path.join(bench.folder('start'), 'data');
  const token = await seedFloor(dataFolder, bench.smoke ? 10 : 1_000, bench.smoke ? 100 : 100_000);
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let i = 0; i < (bench.smoke ? 1 : 9); i++) {
    const port = await freePort();
    const begin = performance.now();
    const server = Bun.spawn(maruCommand(dataFolder, port), {
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'inherit',
    });
    const early = await Promise.race([firstSocket(port, token), server.exited]);
    if (early !== undefined) throw new Error(`the server ended with ${early}`);
    seconds.push((performance.now() - begin) / 1_000);
    await Bun.sleep(SETTLE_MS);
    const resident = residentBytes(server.pid);
    if (resident !== undefined) megabytes.push(resident / 1e6);
    server.kill('SIGTERM');
    if ((await server.exited) !== 0) throw new Error('the server did not end well');
  }
  const memory = megabytes.length > 0 ? median(megabytes) : undefined;
  return [
    { metric: 'first accepted socket', value: median(seconds), unit: 's', atMost: 0.25 },
    {
      metric: 'memory (RSS)',
      value: memory,
      unit: 'MB',
      atMost: 70,
      ...(memory === undefined && { note: NO_PROC }),
    },
  ];
}

/** A small server's data: people who have talked. */
async function seedFloor(dataFolder: string, people: number, messages: number): Promise<string> {
  return await withSeed(dataFolder, async (seed) => {
    await seed.administrator();
    const all = await seed.people(people);
    for (let i = 0; i + 1 < all.length; i += 2) {
      const [a, b] = all.slice(i, i + 2);
      if (a === undefined || b === undefined) continue;
      const room = await seed.direct(a, b);
      await seed.messages(room, [a, b], messages / (people / 2), 100);
    }
    return all[0]?.token ?? '';
  });
}
