import { expect, test } from 'bun:test';
import path from 'node:path';
import { openSqliteStore } from '@maru/client/bun';
import type { RoomId } from '@maru/protocol';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { apiOf, Devices, TRANSPORTS } from './devices.ts';
import { type DeviceIdentity, seedPeople } from './people.ts';
import { logFaults, readLog, textOf } from './read-log.ts';
import { FREE_RATES, ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One over each transport, and one more. */
const LIVES = TRANSPORTS.length + 1;
const MESSAGES_A_LIFE = 400;
const seed = Number(process.env.MARU_TEST_SEED ?? Date.now() % 1_000_000);

test(
  `[DUR1][ONCE1][ONCE2][SYNC3] a device that is killed while it sends comes back and loses and doubles nothing (seed ${seed})`,
  async () => {
    console.log(`MARU_TEST_SEED=${seed} repeats this`);
    const random = new SeededRandom(seed);
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    const dataFolder = path.join(folder.path, 'data');
    const [writer, reader] = await seedPeople(dataFolder, ['쓰는 이', 'reader'], 1);
    const [identity, other] = [writer?.devices[0], reader?.devices[0]];
    if (identity === undefined || other === undefined) throw new Error('two people were asked for');
    const server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));
    const devices = stack.use(new Devices(server.url));
    const witness = await devices.open(other);
    const { room, sending } = await witness.commands.openDirect(identity.user);
    expect(await sending?.outcome()).toMatchObject({ kind: 'accepted' });

    const file = path.join(folder.path, 'device.db');
    await prepare(file, identity);
    const told: string[] = [];
    for (let life = 1; life <= LIVES; life++) {
      const killAfter = life < LIVES ? random.between(1, MESSAGES_A_LIFE) : undefined;
      told.push(...(await live({ url: server.url, file, room, life }, killAfter)));
    }

    const log = await readLog(apiOf(server.url, other), room);
    expect(logFaults(room, log)).toEqual([]);
    const said = log.filter(({ kind }) => kind === 'message').map((event) => textOf(event) ?? '');
    // What was told of was taken: it is there, once. What was taken and not told of may be there, once.
    expect(new Set(said).size).toBe(said.length);
    expect(told.filter((text) => !said.includes(text))).toEqual([]);
    const place = (text: string) => text.split(' ').map(Number) as [number, number];
    const inOrder = [...said].sort((a, b) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1]);
    expect(said).toEqual(inOrder);

    const store = openSqliteStore(file);
    const { outbox, rooms } = await store.load();
    const [{ stored } = { stored: undefined }] = rooms;
    const events = await store.events(room, 1, log.length);
    await store.close();
    expect(outbox).toEqual([]);
    expect(stored?.tip.seq).toBe(log.at(-1)?.seq);
    expect(events).toEqual(log.slice(-events.length));
    expect(devices.faults).toEqual([]);
  },
  { timeout: 120_000 },
);

async function prepare(file: string, identity: DeviceIdentity): Promise<void> {
  const store = openSqliteStore(file);
  await store.apply([{ kind: 'identity', identity }]);
  await store.close();
}

/** Lets the device live until it is done, or until it has told of so many messages, and gives all that it told of. */
async function live(
  { url, file, room, life }: { url: string; file: string; room: RoomId; life: number },
  killAfter: number | undefined,
): Promise<string[]> {
  const script = path.join(import.meta.dir, 'device-process.ts');
  const transport = TRANSPORTS[life % TRANSPORTS.length] ?? 'auto';
  const args = [url, file, room, String(life), String(MESSAGES_A_LIFE), transport];
  const child = Bun.spawn([process.execPath, script, ...args], {
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const complaint = new Response(child.stderr).text();
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    text += decoder.decode(chunk, { stream: true });
    if (killAfter !== undefined && text.split('\n').length > killAfter) child.kill('SIGKILL');
  }
  const code = await child.exited;
  if (killAfter === undefined && code !== 0)
    throw new Error(`the device ended with ${code}: ${await complaint}`);
  return text.split('\n').slice(0, -1);
}
