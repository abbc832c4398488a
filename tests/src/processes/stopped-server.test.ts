import { expect, test } from 'bun:test';
import path from 'node:path';
import { type Environment, systemEnvironment } from '@maru/client';
import { roomFaults } from './converge.ts';
import { apiOf, Devices } from './devices.ts';
import { seedPeople } from './people.ts';
import { readLog } from './read-log.ts';
import { SaidMessages } from './said.ts';
import { FREE_RATES, ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

const HEALED_MS = 30_000;
/** How much faster time goes on the devices, so that nobody has to wait for a quarter of a minute of silence. */
const FASTER = 10;

const why = process.platform === 'win32' ? ' (skipped: Windows has no SIGSTOP)' : '';

test.skipIf(why !== '')(
  `[SLOW4][ONCE1][SYNC1] a server that stops and keeps its connections is left, and nothing is lost or doubled when it goes on${why}`,
  async () => {
    await using stack = new AsyncDisposableStack();
    const dataFolder = path.join(stack.use(temporaryFolder()).path, 'data');
    const people = await seedPeople(dataFolder, ['가영', 'Bo'], 1);
    const [from, to] = people.map(({ devices }) => devices[0]);
    if (from === undefined || to === undefined) throw new Error('two people were asked for');
    const server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));
    const devices = stack.use(new Devices(server.url));
    const environment = hastyEnvironment();
    const [speaker, listener] = [
      await devices.open(from, { environment }),
      await devices.open(to, { environment }),
    ];
    const { room, sending } = await speaker.commands.openDirect(to.user);
    await sending?.outcome();
    const said = new SaidMessages();
    await (await said.say(speaker, room, 'before')).outcome();
    await listener.until(() => listener.room(room)?.latest?.content !== undefined);

    process.kill(server.pid, 'SIGSTOP');
    try {
      // Said on a connection that looks like any other: nobody has closed it, and nobody answers.
      await said.say(speaker, room, 'into silence');
      for (const client of [speaker, listener])
        await client.until(() => client.connection.state !== 'online');
      await said.say(speaker, room, 'while it is gone');
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }

    await said.accepted(HEALED_MS);
    const logs = new Map([[room, await readLog(apiOf(server.url, from), room)]]);
    const wrong = await roomFaults(logs, said, [speaker, listener], HEALED_MS);
    expect([...wrong, ...devices.faults]).toEqual([]);
    expect(server.starts).toBe(1);
  },
  { timeout: 120_000 },
);

/** The system's environment on a clock that goes faster. */
function hastyEnvironment(): Environment {
  const { clock, ...rest } = systemEnvironment();
  return {
    ...rest,
    clock: {
      now: clock.now,
      monotonic: () => clock.monotonic() * FASTER,
      after: (ms, run) => clock.after(ms / FASTER, run),
    },
  };
}
