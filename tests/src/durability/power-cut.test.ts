import { expect, test } from 'bun:test';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { apiOf } from '../processes/devices.ts';
import { seedPeople } from '../processes/people.ts';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { verifyFindings } from '../processes/verify-findings.ts';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { startTalk, type Talk } from './talking.ts';
import { unsyncedDiskEnvironment, unsyncedDiskLibrary, whyNoUnsyncedDisk } from './unsynced-disk.ts';

const ACKNOWLEDGED = { from: 200, to: 3_000 };
const why = whyNoUnsyncedDisk();
const first = Number(process.env.MARU_TEST_SEED ?? Date.now() % 1_000_000);
const seeds = [first, first + 1, first + 2];
const title = (rule: string) => (why === undefined ? rule : `${rule} (skipped: ${why})`);

test.skipIf(why !== undefined).each(seeds)(
  title('[DUR1][DUR6][ORD1] power fails while people talk: nothing acknowledged is lost (seed %d)'),
  async (seed) => {
    await using stack = new AsyncDisposableStack();
    const { server, talk, synced } = await talkingServer(stack);
    await talk.acknowledged.more(new SeededRandom(seed).between(ACKNOWLEDGED.from, ACKNOWLEDGED.to));
    await server.kill9();
    talk.acknowledged.stop();
    expect(await faultsAfter(synced, talk)).toEqual([]);
    expect(talk.devices.faults).toEqual([]);
  },
);

test.skipIf(why !== undefined)(
  title('[DUR4] after an fsync error the process ends with 1, and nothing acknowledged is lost'),
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, talk, synced, broken } = await talkingServer(stack);
    await talk.acknowledged.more(ACKNOWLEDGED.from);
    writeFileSync(broken, '');
    expect(await server.exited).toBe(1);
    expect(server.logged).toContain('the storage broke');
    talk.acknowledged.stop();
    expect(await faultsAfter(synced, talk)).toEqual([]);
  },
);

/** People who talk on a server whose disk forgets what was not synced. */
async function talkingServer(stack: AsyncDisposableStack) {
  const folder = stack.use(temporaryFolder()).path;
  const disk = path.join(folder, 'disk');
  const synced = path.join(folder, 'synced');
  const broken = path.join(folder, 'the disk is broken');
  const people = await seedPeople(disk, ['가영', 'Bo', 'Célia', 'Дима']);
  // The accounts were made and closed without the layer: on both disks.
  cpSync(disk, synced, { recursive: true });
  const environment = unsyncedDiskEnvironment(await unsyncedDiskLibrary(), disk, synced, broken);
  const server = stack.use(await ServerProcess.start({ dataFolder: disk, environment, flags: FREE_RATES }));
  const talk = await startTalk(server.url, people);
  stack.use(talk.devices);
  return { server, talk, synced, broken };
}

/** What is wrong with a disk after the power is back: a server on it has everything that was acknowledged, and verifies. */
async function faultsAfter(synced: string, { witness, acknowledged }: Talk): Promise<string[]> {
  await using server = await ServerProcess.start({ dataFolder: synced, flags: FREE_RATES });
  const wrong = await acknowledged.faults(apiOf(server.url, witness));
  await server.kill9();
  return [...wrong, ...(await verifyFindings(synced))];
}
