import path from 'node:path';
import type { PlanShape } from '../load/plan.ts';
import type { Bench } from '../scenario.ts';
import { type ServerProcess, startProgram } from '../server/start-server.ts';

/** What the peer commits and delivers together (socket-io-server.ts), and whose engine of Socket.IO's it runs on. */
const VARIANTS = {
  tick: ['tick', 'bun'],
  'tick on the engine for Node': ['tick', 'node'],
  message: ['message', 'bun'],
  'message on the engine for Node': ['message', 'node'],
  bundle: ['bundle', 'bun'],
} as const;

export type PeerVariant = keyof typeof VARIANTS;

/** The peer as such servers are written: the best of these counts. A smoke run takes the first. */
export const USUAL_VARIANTS: readonly PeerVariant[] = [
  'tick',
  'tick on the engine for Node',
  'message',
  'message on the engine for Node',
];

/** And what can be got out of its parts, which stands beside it as a ceiling. */
export const CEILING: PeerVariant = 'bundle';

/** Whom the peer serves. */
export interface PeerPlan {
  readonly plan: string;
  readonly shape: PlanShape;
}

/** Starts the peer with an empty database of its own. */
export async function startPeer(
  bench: Bench,
  { plan, shape }: PeerPlan,
  variant: PeerVariant,
): Promise<ServerProcess> {
  const program = path.join(import.meta.dir, 'socket-io-server.ts');
  const database = path.join(bench.folder('peer'), 'peer.db');
  return await startProgram(bench.peerRuntime, program, plan, shape, database, ...VARIANTS[variant]);
}
