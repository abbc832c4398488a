import { expect, test } from 'bun:test';
import path from 'node:path';
import { roomFaults } from '../processes/converge.ts';
import { apiOf, Devices } from '../processes/devices.ts';
import { seedPeople } from '../processes/people.ts';
import { readLog } from '../processes/read-log.ts';
import { SaidMessages } from '../processes/said.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';

/** More than a device may send at once by a server's own rate, which is two hundred. */
const MESSAGES = 400;
const ANSWERED_MS = 50_000;

test(
  '[ORD4][LIMIT6][ONCE8] who sends faster than the rate waits, and loses, doubles and reorders nothing',
  async () => {
    await using stack = new AsyncDisposableStack();
    const dataFolder = path.join(stack.use(temporaryFolder()).path, 'data');
    const [sender, reader] = await seedPeople(dataFolder, ['Quick', 'Reader'], 1);
    const [from, to] = [sender?.devices[0], reader?.devices[0]];
    if (from === undefined || to === undefined) throw new Error('two people');
    const server = stack.use(await ServerProcess.start({ dataFolder }));
    const devices = stack.use(new Devices(server.url));
    const [quick, other] = [await devices.open(from), await devices.open(to)];
    const { room, sending } = await quick.commands.openDirect(to.user);
    await sending?.outcome();
    const said = new SaidMessages();
    await Promise.all(Array.from({ length: MESSAGES }, (_, n) => said.say(quick, room, `${n}`)));
    await said.accepted(ANSWERED_MS);
    const logs = new Map([[room, await readLog(apiOf(server.url, to), room)]]);
    const wrong = await roomFaults(logs, said, [quick, other], ANSWERED_MS);
    expect([...wrong, ...devices.faults]).toEqual([]);
  },
  { timeout: 120_000 },
);
