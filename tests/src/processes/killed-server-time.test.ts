import { expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ApiError, type MaruClient, NetworkError } from '@maru/client';
import { openSqliteStore } from '@maru/client/bun';
import type { RoomId } from '@maru/protocol';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { apiOf, Devices } from './devices.ts';
import { type DeviceIdentity, type PersonIdentity, seedPeople } from './people.ts';
import { logFaults, readLog, textOf } from './read-log.ts';
import { FREE_RATES, ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { verifyFindings } from './verify-findings.ts';

const KILLS = 4;
const PLANNED = 40;
const VANISHING = 400;
/** All that is planned falls due, and all that vanishes is over, within this. */
const SPAN_MS = 4_000;
const DONE_MS = 40_000;
const seed = Number(process.env.MARU_TEST_SEED ?? Date.now() % 1_000_000);

/** Two people who talk, with a server that can be killed. */
async function scene(stack: AsyncDisposableStack) {
  console.log(`MARU_TEST_SEED=${seed} repeats this`);
  const folder = stack.use(temporaryFolder());
  const dataFolder = path.join(folder.path, 'data');
  const [ana, ben] = (await seedPeople(dataFolder, ['Ana', '벤'], 1)) as [PersonIdentity, PersonIdentity];
  const server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));
  const devices = stack.use(new Devices(server.url));
  const file = path.join(folder.path, 'ana.db');
  const anas = await devices.open(identityOf(ana), { store: openSqliteStore(file) });
  const bens = await devices.open(identityOf(ben));
  devices.hurry();
  const { room, sending } = await anas.commands.openDirect(ben.user);
  expect(await sending?.outcome()).toMatchObject({ kind: 'accepted' });
  await bens.online(AbortSignal.timeout(DONE_MS));
  return {
    folder: folder.path,
    dataFolder,
    server,
    devices,
    anas,
    bens,
    room,
    api: apiOf(server.url, identityOf(ben)),
  };
}

function identityOf({ devices: [device] }: PersonIdentity): DeviceIdentity {
  if (device === undefined) throw new Error('a device was asked for');
  return device;
}

/** Kills it again and again, at moments that chance picks, while what is due is done. */
async function killOften(server: ServerProcess, random: SeededRandom): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await Bun.sleep(random.between(50, (2 * SPAN_MS) / KILLS));
    await server.kill9();
    await server.restart();
  }
}

async function until(what: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + DONE_MS;
  for (;;) {
    const isSo = await what().catch((error: unknown) => {
      if (error instanceof ApiError || error instanceof NetworkError) return false;
      throw error;
    });
    if (isSo) return;
    if (Date.now() > end) throw new Error('it did not come to be in time');
    await Bun.sleep(50);
  }
}

test(
  `[LATER1][LATER3][LATER5] the server is killed while it sends what was scheduled: each is sent once (seed ${seed})`,
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, anas, bens, room, api, dataFolder, devices } = await scene(stack);
    const random = new SeededRandom(seed);
    const planned = await plan(anas, room, random);
    const cancelled = await cancelSome(anas);
    await killOften(server, random.fork());
    const kept = planned.filter((text) => !cancelled.has(text));
    const said = async () => (await readLog(api, room)).flatMap((event) => textOf(event) ?? []);
    await until(async () => new Set(await said()).size >= kept.length);
    const inOrder = (texts: string[]) => texts.toSorted((a, b) => a.localeCompare(b));
    expect(inOrder(await said())).toEqual(inOrder(kept));
    expect(logFaults(room, await readLog(api, room))).toEqual([]);
    await bens.until(() => bens.room(room)?.latest?.seq === kept.length + 1, AbortSignal.timeout(DONE_MS));
    await anas.until(() => anas.scheduled().length === 0, AbortSignal.timeout(DONE_MS));
    expect(devices.faults).toEqual([]);
    await server.kill9();
    expect(await verifyFindings(dataFolder)).toEqual([]);
  },
  { timeout: 120_000 },
);

/** Messages for moments that chance picks, each taken by the server. */
async function plan(client: MaruClient, room: RoomId, random: SeededRandom): Promise<string[]> {
  const texts = Array.from({ length: PLANNED }, (_, n) => `planned ${n}`);
  const sendings = texts.map((text) =>
    client.commands.schedule(room, text, Date.now() + random.between(1_000, SPAN_MS)),
  );
  for (const sending of await Promise.all(sendings))
    expect(await sending.outcome()).toMatchObject({ kind: 'accepted' });
  return texts;
}

/** Some of what still waits is cancelled. What comes too late is refused, and is sent. */
async function cancelSome(client: MaruClient): Promise<Set<string>> {
  const cancelled = new Set<string>();
  for (const item of client.scheduled().filter((_, n) => n % 8 === 7)) {
    const outcome = await (await client.commands.cancelScheduled(item)).outcome();
    if (outcome.kind === 'accepted') cancelled.add(textOf(item) ?? '');
  }
  return cancelled;
}

test(
  `[TIME2][TIME3][TIME5] the server is killed while it erases: nothing is left, and nothing is lost (seed ${seed})`,
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, anas, bens, room, api, dataFolder, devices, folder } = await scene(stack);
    const random = new SeededRandom(seed);
    const timer = await anas.commands.setTimer(room, SPAN_MS / 1_000);
    const sendings = await Promise.all(
      Array.from({ length: VANISHING }, (_, n) => anas.commands.send(room, `S3cr3t-${n}`)),
    );
    const off = await anas.commands.setTimer(room, 0);
    const last = await anas.commands.send(room, 'stays-here');
    for (const sending of [timer, ...sendings, off, last])
      expect(await sending.outcome()).toMatchObject({ kind: 'accepted' });
    await killOften(server, random.fork());
    const gone = async () => {
      const changes = (await readLog(api, room)).flatMap(({ change }) =>
        change?.type === 'expired' ? change.messages.flatMap(({ seqs }) => seqs) : [],
      );
      return changes.map(Number).toSorted((a, b) => a - b);
    };
    await until(async () => (await gone()).length >= VANISHING);
    // Each was erased once, and in its place.
    expect(await gone()).toEqual(Array.from({ length: VANISHING }, (_, n) => n + 3));
    const log = await readLog(api, room);
    expect(logFaults(room, log)).toEqual([]);
    expect(log.flatMap((event) => textOf(event) ?? [])).toEqual(['stays-here']);
    await bens.until(() => bens.room(room)?.unreadCount === 1, AbortSignal.timeout(DONE_MS));
    await anas.until(() => anas.room(room)?.latest?.seq === VANISHING + 4, AbortSignal.timeout(DONE_MS));
    expect(devices.faults).toEqual([]);
    await devices[Symbol.asyncDispose]();
    expect(holding(folder, 'ana.db', 'S3cr3t-')).toEqual([]);
    expect(holding(folder, 'ana.db', 'stays-here')).not.toEqual([]);
    // A server that ends with care brings its files up to date.
    expect(await server.terminate()).toBe(0);
    expect(holding(dataFolder, '', 'S3cr3t-')).toEqual([]);
    expect(await verifyFindings(dataFolder)).toEqual([]);
  },
  { timeout: 120_000 },
);

/** Files of a folder that hold a text. */
function holding(folder: string, beginning: string, text: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.startsWith(beginning),
  );
  return files.map(({ name }) => name).filter((name) => readFileSync(path.join(folder, name)).includes(text));
}
