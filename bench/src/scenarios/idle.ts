import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { NO_PROC } from '../server/process-figures.ts';
import { startMaru } from '../server/start-server.ts';
import { holdSessions } from './idle/hold-sessions.ts';
import { seedPeople } from './idle/seed-people.ts';

/** Everybody is there and nobody says anything. */
export const idle: Scenario = {
  name: 'idle',
  about: '15,000 signed-in sessions of 15,000 users, each with a room, beats on: memory and processor',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const people = await seedPeople(bench.folder('idle'), bench.smoke ? 200 : 15_000);
  await using server = await startMaru(people.dataFolder);
  const { kilobytes, processor, beatP99 } = await holdSessions(bench, server, people);
  await server.stop();
  const note = kilobytes === undefined ? { note: NO_PROC } : {};
  return [
    { metric: 'memory of a session (RSS)', value: kilobytes, unit: 'KB', atMost: 4, ...note },
    { metric: 'processor', value: processor, unit: '% of a core', atMost: 10, ...note },
    { metric: 'p99 of a beat', value: beatP99, unit: 'ms' },
  ];
}
