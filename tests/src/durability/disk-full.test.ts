import { expect, test } from 'bun:test';
import { type Api, ApiError } from '@maru/client';
import { type ClientMessageId, type ErrorBody, nextClientMessageId, type RoomId } from '@maru/protocol';
import { apiOf } from '../processes/devices.ts';
import { seedPeople } from '../processes/people.ts';
import { readLog } from '../processes/read-log.ts';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { verifyFindings } from '../processes/verify-findings.ts';
import { type FullDisk, limitedFiles, smallDisk } from './full-disk.ts';
import { startTalk } from './talking.ts';

const ACKNOWLEDGED = 200;

const ways: readonly [name: string, make: () => FullDisk | undefined, why: string][] = [
  ['a full disk', smallDisk, 'this user may not mount a small disk'],
  ['a file that may not grow', limitedFiles, 'there is no prlimit'],
];
for (const [name, make, why] of ways) {
  const possible = isPossible(make);
  const title = `[DUR3][ORD1][DUR1] ${name}: sends are refused as retryable; with room again they go on, and no number is skipped`;
  test.skipIf(!possible)(possible ? title : `${title} (skipped: ${why})`, () => fillAndFree(make), {
    timeout: 120_000,
  });
}

function isPossible(make: () => FullDisk | undefined): boolean {
  using disk = make();
  return disk !== undefined;
}

async function fillAndFree(make: () => FullDisk | undefined): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const disk = make();
  if (disk === undefined) throw new Error('it was possible before');
  const { dataFolder, wrapper } = stack.use(disk);
  const people = await seedPeople(dataFolder, ['가영', 'Bo', 'Célia']);
  const server = stack.use(await ServerProcess.start({ dataFolder, wrapper, flags: FREE_RATES }));
  const { acknowledged, devices, group, witness } = await startTalk(server.url, people);
  stack.use(devices);
  const api = apiOf(server.url, witness);
  await acknowledged.more(ACKNOWLEDGED);

  disk.fill(server.pid);
  expect(await firstRefusal(api, group)).toMatchObject({ code: 'storage-unavailable', retryable: true });
  // What was acknowledged is there all the while, and the number that failed is nobody's.
  expect(await acknowledged.faults(api)).toEqual([]);

  disk.free(server.pid);
  await acknowledged.more(ACKNOWLEDGED);
  acknowledged.stop();
  expect(await acknowledged.faults(api)).toEqual([]);
  expect([...acknowledged.failed, ...devices.faults]).toEqual([]);
  expect(server.starts).toBe(1);
  const before = await readLog(api, group);
  await server.kill9();
  await server.restart();
  expect((await readLog(api, group)).slice(0, before.length)).toEqual(before);
  expect(await server.terminate()).toBe(0);
  expect(await verifyFindings(dataFolder)).toEqual([]);
}

/** Sends until the server refuses: SQLite may have room left in the file that it has. */
async function firstRefusal(api: Api, room: RoomId): Promise<ErrorBody> {
  let clientMessageId: ClientMessageId | undefined;
  for (let n = 0; ; n++) {
    clientMessageId = nextClientMessageId(
      clientMessageId,
      Date.now(),
      crypto.getRandomValues(new Uint8Array(10)),
    );
    const content = { type: 'text', text: `filling ${n}` } as const;
    try {
      await api.postCommand({ body: { kind: 'send', room, clientMessageId, content } });
    } catch (error) {
      if (error instanceof ApiError) return error.body;
      throw error;
    }
  }
}
