/** The bench of peers: Maru beside another server that is made of well-known parts. See docs/benchmarks.md. */
import bunEngine from '@socket.io/bun-engine/package.json';
import socketIo from 'socket.io/package.json';
import { runBench } from '../run-bench.ts';
import { peerScenarios } from './scenarios/all.ts';

process.exitCode = await runBench(process.argv.slice(2), {
  name: 'bench:peers',
  about:
    'Measures Maru beside a Socket.IO server that stores in SQLite before it acknowledges, turn by turn on this machine,\nand exits with 1 where Maru does not lead.',
  plotTitle: 'Maru beside Socket.IO with SQLite',
  scenarios: peerScenarios,
  hasPeers: true,
  describe: ({ peerRuntime }) => [
    `peer: socket.io ${socketIo.version}, SQLite (WAL, FULL), ${runtimeOf(peerRuntime)}`,
  ],
});

function runtimeOf(program: string): string {
  if (program === process.execPath)
    return `on Bun ${Bun.version} with @socket.io/bun-engine ${bunEngine.version}`;
  const { stdout } = Bun.spawnSync([program, '--version']);
  return `on ${program} ${stdout.toString().trim()}`;
}
