import { expect, test } from 'bun:test';
import { whyNoNativeLayer } from '../native-layer.ts';
import { apiOf } from '../processes/devices.ts';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { verifyFindings } from '../processes/verify-findings.ts';
import { SeededRandom } from '../simulation/seeded-random.ts';
import type { Talk } from './talking.ts';
import { talkingServer } from './unsynced-server.ts';

const ACKNOWLEDGED = { from: 200, to: 3_000 };
const why = whyNoNativeLayer();
const first = Number(process.env.MARU_TEST_SEED ?? Date.now() % 1_000_000);
const seeds = [first, first + 1, first + 2];
const title = '[DUR1][DUR6][ORD1] power fails while people talk: nothing acknowledged is lost (seed %d)';

test.skipIf(why !== undefined).each(seeds)(
  why === undefined ? title : `${title} (skipped: ${why})`,
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

/** What is wrong with a disk after the power is back: a server on it has everything that was acknowledged, and verifies. */
async function faultsAfter(synced: string, { witness, acknowledged }: Talk): Promise<string[]> {
  await using server = await ServerProcess.start({ dataFolder: synced, flags: FREE_RATES });
  const wrong = await acknowledged.faults(apiOf(server.url, witness));
  await server.kill9();
  return [...wrong, ...(await verifyFindings(synced))];
}
