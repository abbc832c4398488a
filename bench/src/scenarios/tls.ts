import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { typescriptGenerator } from '../load/generator.ts';
import type { Measured } from '../result-row.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { withSeed } from '../seed/with-seed.ts';
import { NO_PROC, residentBytes } from '../server/process-figures.ts';
import { startMaru } from '../server/start-server.ts';
import { WARM_SESSIONS, type WarmAndRest, writeWarmAndRest } from './idle/warm-and-rest.ts';

/** What a session needs by TLS of the server's own, and without. */
export const tls: Scenario = {
  name: 'tls',
  about: '1,000 signed-in sessions with TLS of the server’s own, and the same without: memory and sign-in',
  run: measure,
};

async function measure(bench: Bench): Promise<Measured[]> {
  const folder = bench.folder('tls');
  const count = bench.smoke ? 50 : 1_000;
  const plans = await seedPeople(folder, count);
  const plain = await hold(bench, { ...plans, flags: [] });
  const secure = await hold(bench, { ...plans, flags: await certificateFlags(folder) });
  const rows = ({ bytes, signIn }: Held, how: string): Measured[] => [
    {
      metric: `memory of a session (RSS), ${how}`,
      value: bytes === undefined ? undefined : bytes / count / 1_000,
      unit: 'KB',
      ...(bytes === undefined && { note: NO_PROC }),
    },
    { metric: `p50 of a sign-in, ${how}`, value: signIn, unit: 'ms' },
  ];
  return [...rows(plain, 'plain'), ...rows(secure, 'TLS')];
}

interface Plans extends WarmAndRest {
  readonly dataFolder: string;
}

interface Held {
  /** Of all sessions together; `undefined` where the system does not tell. */
  readonly bytes: number | undefined;
  readonly signIn: number;
}

async function hold(bench: Bench, { dataFolder, warmPlan, plan, flags }: Plans & { flags: string[] }) {
  // The one in C speaks no TLS.
  const generator = typescriptGenerator();
  await using server = await startMaru(dataFolder, ...flags);
  const load = { port: server.port, tls: flags.length > 0 ? 1 : 0 };
  await using warm = generator.start('hold', { ...load, plan: warmPlan });
  await warm.phase('ready');
  await Bun.sleep(bench.smoke ? 100 : 3_000);
  const before = residentBytes(server.pid);
  await using held = generator.start('hold', { ...load, plan });
  await held.phase('ready');
  // Two rounds of beats, so that what signing in left behind is out of the way.
  await Bun.sleep(bench.smoke ? 100 : 12_000);
  const after = residentBytes(server.pid);
  held.goOn();
  const { signIn } = await held.result();
  await server.stop();
  const bytes = before === undefined || after === undefined ? undefined : after - before;
  return { bytes, signIn: signIn.p50 };
}

async function seedPeople(folder: string, count: number): Promise<Plans> {
  const dataFolder = path.join(folder, 'data');
  const people = await withSeed(dataFolder, (seed) => seed.people(count + WARM_SESSIONS));
  const tokens = people.map(({ token }) => token);
  return { dataFolder, ...writeWarmAndRest(folder, tokens) };
}

async function certificateFlags(folder: string): Promise<string[]> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'bench' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const files = { cert: path.join(folder, 'cert.pem'), key: path.join(folder, 'key.pem') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
  return [`--tls-cert=${files.cert}`, `--tls-key=${files.key}`];
}
