import type { Measured } from '../../result-row.ts';
import type { Bench, Scenario } from '../../scenario.ts';
import { holdSessions } from '../../scenarios/idle/hold-sessions.ts';
import { seedPeople } from '../../scenarios/idle/seed-people.ts';
import { NO_PROC } from '../../server/process-figures.ts';
import { compareWithPeer, figureOf, rowsOf } from '../compare-with-peer.ts';
import type { PeerVariant } from '../start-peer.ts';

/** Everybody is there and nobody says anything, with the peer and with Maru. */
export const peerIdle: Scenario = {
  name: 'idle',
  about: '15,000 signed-in sessions of 15,000 users, each with a room: memory and processor',
  run: measure,
};

/** What is stored makes no difference to who only listens, but the engine does. */
const VARIANTS: readonly PeerVariant[] = ['tick', 'tick on the engine for Node'];

async function measure(bench: Bench): Promise<Measured[]> {
  const people = await seedPeople(bench.folder('idle'), bench.smoke ? 200 : 15_000);
  const compared = await compareWithPeer(bench, {
    seeded: { dataFolder: people.dataFolder, plan: people.everybody, shape: 'direct' },
    rounds: 1,
    variants: VARIANTS,
    measure: (server, dialect) => holdSessions(bench, server, people, dialect),
  });
  const metrics = ['memory of a session (RSS)', 'processor'] as const;
  if (compared.maru.some(({ kilobytes }) => kilobytes === undefined)) {
    return metrics.map((metric) => ({ metric, value: undefined, unit: '', note: NO_PROC }));
  }
  const memory = figureOf(compared, ({ kilobytes }) => kilobytes ?? 0, 'less', 'KB');
  const processor = figureOf(compared, ({ processor }) => processor ?? 0, 'less', '% of a core');
  const [ofMemory, ofProcessor] = metrics;
  return [
    ...rowsOf(memory, ofMemory, 'KB', { atMost: memory.peer }),
    ...rowsOf(processor, ofProcessor, '% of a core', {}),
  ];
}
