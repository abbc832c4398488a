import { expect, test } from 'bun:test';
import path from 'node:path';
import { apiOf } from '../processes/devices.ts';
import { seedPeople } from '../processes/people.ts';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { verifyFindings } from '../processes/verify-findings.ts';
import { startTalk } from './talking.ts';

const ACKNOWLEDGED = 300;
/** What an operator is promised; a server that ends in this time is not killed by whoever waits for it. */
const STOPPED_MS_MAX = 10_000;

test(
  '[SLOW5][SLOW3][DUR1][ONCE1] a server that is told to stop amid traffic ends with 0, soon, and the devices come back by themselves and go on',
  async () => {
    await using stack = new AsyncDisposableStack();
    const dataFolder = path.join(stack.use(temporaryFolder()).path, 'data');
    const people = await seedPeople(dataFolder, ['가영', 'Bo', 'Célia', 'Дима']);
    const server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));
    const { acknowledged, devices, witness } = await startTalk(server.url, people);
    stack.use(devices);
    const api = apiOf(server.url, witness);
    await acknowledged.more(ACKNOWLEDGED);
    const begin = performance.now();
    expect(await server.terminate()).toBe(0);
    expect(performance.now() - begin).toBeLessThan(STOPPED_MS_MAX);
    expect(await verifyFindings(dataFolder)).toEqual([]);
    await server.restart();
    await acknowledged.more(ACKNOWLEDGED);
    await acknowledged.finish();
    for (const client of devices.clients) await client.until(() => client.connection.state === 'online');
    expect(await acknowledged.faults(api)).toEqual([]);
    // Being drained is nobody's failure: what was refused for it was sent again.
    expect([...acknowledged.failed, ...devices.faults]).toEqual([]);
  },
  { timeout: 120_000 },
);
