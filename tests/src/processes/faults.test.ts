import { expect, test } from 'bun:test';
import path from 'node:path';
import { ApiError, type ClientStore, type MaruClient, MemoryStore, type Sending } from '@maru/client';
import { openSqliteStore } from '@maru/client/bun';
import type { Event, RoomId } from '@maru/protocol';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { caughtUp, deviceFaults, leaks, markFaults } from './converge.ts';
import { apiOf, Devices, TRANSPORTS } from './devices.ts';
import { type Faults, NO_FAULTS, startFaultProxy } from './fault-proxy.ts';
import { type PersonIdentity, seedPeople } from './people.ts';
import { logFaults, readLog } from './read-log.ts';
import { SaidMessages } from './said.ts';
import { FREE_RATES, ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { verifyFindings } from './verify-findings.ts';

const HEALED_MS = 40_000;
const MESSAGES = 500;
const REMOVED_AT = 250;
const KILLS = 3;
const ROUGH: Faults = { drop: 0.03, dropUp: 0, duplicate: 0.05, cut: 0.02, delayMs: 20 };

const seed = Number(process.env.MARU_TEST_SEED ?? Date.now() % 1_000_000);

test.each([
  [
    '[ORD4][WIRE7][POLL1][POLL2][ORD1][ORD3][DUR1][DUR5][DUR6][ONCE1][SYNC1][SYNC8][UNREAD2][UNREAD5][PRIV2][PRIV3][SLOW3] what the server says is dropped',
    ROUGH,
  ],
  // Whose frame was lost while a later one came through is overtaken: only a relay between two connections does that.
  [
    '[WIRE7][POLL1][POLL2][ORD1][ORD3][DUR1][DUR5][DUR6][ONCE1][SYNC1][SYNC8][UNREAD2][UNREAD5][PRIV2][PRIV3][SLOW3] what devices say is dropped, too',
    { ...ROUGH, dropUp: 0.02 },
  ],
] as const)(
  `%s, doubled and late, connections cut, the server killed (seed ${seed})`,
  async (_, faults) => {
    console.log(`MARU_TEST_SEED=${seed} repeats this`);
    const random = new SeededRandom(seed);
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    const dataFolder = path.join(folder.path, 'data');
    const people = await seedPeople(dataFolder, ['가영', 'Bo', 'Célia', 'Дима']);
    const server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));
    const proxy = stack.use(await startFaultProxy(server.port, random.fork().between(0, 2 ** 31)));
    const devices = stack.use(new Devices(`http://127.0.0.1:${proxy.port}`));
    const stores = new Map<MaruClient, ClientStore>();
    for (const [n, identity] of people.flatMap((person) => person.devices).entries()) {
      // A person's two devices reach the server in two ways; every third keeps a file, the others memory.
      const transport = n % 2 === 0 ? 'websocket' : (TRANSPORTS[(n + 1) / 2] ?? 'auto');
      const store = n % 3 === 0 ? openSqliteStore(path.join(folder.path, `${n}.db`)) : new MemoryStore();
      stores.set(await devices.open(identity, { store, transport }), store);
    }
    const rooms = await makeRooms(devices.clients, people);

    proxy.faults = faults;
    devices.hurry();
    const said = new SaidMessages();
    const killsAt = new Set(
      Array.from({ length: KILLS }, (_, n) => Math.floor((MESSAGES * (n + 0.5)) / KILLS)),
    );
    let restarts = Promise.resolve();
    const removal = prepareRemoval(devices.clients, people, rooms);
    for (let n = 0; n < MESSAGES; n++) {
      const client = random.pick(devices.clients);
      const room = random.pick(rooms.get(client.user) ?? []);
      await said.say(client, room, `${n} 안녕 ${random.between(0, 999)}`);
      if (random.chance(0.1)) client.markRead(room);
      if (n === REMOVED_AT) await removal.begin();
      if (random.chance(0.2)) await Bun.sleep(random.between(0, 30));
      if (killsAt.has(n)) restarts = restarts.then(() => server.kill9()).then(() => server.restart());
    }
    await restarts;

    proxy.faults = NO_FAULTS;
    // What was lost on connections that live would be missed after half a minute: tests of the SDK show that.
    proxy.cutAll();
    await said.accepted(HEALED_MS);
    expect(await removal.outcome()).toMatchObject({ kind: 'accepted' });
    const logs = await readLogs(server.url, people, rooms);
    const all = new Map([...logs.values()].flatMap((own) => [...own]));
    const wrong = [...all].flatMap(([room, log]) => logFaults(room, log));
    wrong.push(...said.faults(all, { ordered: faults.dropUp === 0 }));
    for (const client of devices.clients) {
      const own = logs.get(client.user) ?? new Map<RoomId, Event[]>();
      await caughtUp(client, own, HEALED_MS);
      wrong.push(...(await deviceFaults(client, own)));
      const twins = devices.clients.filter(({ user }) => user === client.user);
      wrong.push(...(await markFaults(twins, client.api, own.keys(), HEALED_MS)));
    }
    wrong.push(...(await removal.faults(stores, all)));
    expect([...wrong, ...devices.faults]).toEqual([]);
    expect(server.starts).toBe(KILLS + 1);
    const { dropped, duplicated, cut, cutPolls } = proxy.done;
    const done = Object.entries({ dropped, duplicated, cut, cutPolls });
    expect(done.filter(([, count]) => count === 0)).toEqual([]);
    await server.kill9();
    expect(await verifyFindings(dataFolder)).toEqual([]);
  },
  { timeout: 120_000 },
);

/**
 * The last of the people is to be removed from the first room by who made it. They say nothing there from the beginning,
 * so that nothing of theirs is refused, and have read all the others say.
 */
function prepareRemoval(
  clients: readonly MaruClient[],
  people: readonly PersonIdentity[],
  rooms: ReadonlyMap<string, RoomId[]>,
) {
  const removed = people.at(-1)?.user;
  const creator = clients.find(({ user }) => user === people[0]?.user);
  const [room] = rooms.get(creator?.user ?? '') ?? [];
  if (removed === undefined || creator === undefined || room === undefined)
    throw new Error('nobody is there');
  const theirs = rooms.get(removed) ?? [];
  theirs.splice(theirs.indexOf(room), 1);
  let sending: Promise<Sending> | undefined;
  return {
    async begin() {
      sending = creator.commands.removeMember(room, removed);
      await sending;
    },
    async outcome() {
      return (await sending)?.outcome();
    },
    async faults(stores: ReadonlyMap<MaruClient, ClientStore>, logs: ReadonlyMap<RoomId, readonly Event[]>) {
      const wrong: string[] = [];
      for (const [client, store] of stores) {
        if (client.user !== removed) continue;
        wrong.push(...(await leaks(store, room, logs.get(room) ?? [], removed)));
        const membership = client.room(room)?.membership;
        if (membership !== 'removed') wrong.push(`${client.device} shows ${room} as ${membership}`);
        const read = await client.api.getRoom({ params: { room } }).then(
          () => 'readable',
          (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
        );
        if (read !== 'not-found') wrong.push(`${room} is ${read} to who was removed`);
      }
      return wrong;
    },
  };
}

/** Two groups and a direct room for each pair, which both devices of one of them make at once. */
async function makeRooms(
  clients: readonly MaruClient[],
  people: readonly PersonIdentity[],
): Promise<Map<string, RoomId[]>> {
  const rooms = new Map<string, RoomId[]>(people.map(({ user }) => [user, []]));
  const enter = (room: RoomId, users: readonly string[]) => {
    for (const user of users) rooms.get(user)?.push(room);
  };
  for (const [from, to] of [
    [0, 4],
    [1, 4],
  ]) {
    const users = people.slice(from, to).map(({ user }) => user);
    const client = clients.find(({ user }) => user === users[0]);
    const others = users.filter((user) => user !== client?.user);
    const sending = await client?.commands.createGroup(`group ${from}`, others);
    if (sending === undefined) throw new Error('nobody makes the group');
    expect(await sending.outcome()).toMatchObject({ kind: 'accepted' });
    enter(sending.room, users);
  }
  for (const a of clients) {
    for (const { user: b } of people.filter(({ user }) => user > a.user)) {
      const { room, sending } = await a.commands.openDirect(b);
      if (sending !== undefined) expect(await sending.outcome()).toMatchObject({ kind: 'accepted' });
      if (!rooms.get(b)?.includes(room)) enter(room, [a.user, b]);
    }
  }
  return rooms;
}

/** The rooms of each user with their logs. */
async function readLogs(
  url: string,
  people: readonly PersonIdentity[],
  rooms: ReadonlyMap<string, readonly RoomId[]>,
): Promise<Map<string, Map<RoomId, Event[]>>> {
  const logs = new Map<string, Map<RoomId, Event[]>>();
  for (const { user, devices } of people) {
    const [device] = devices;
    if (device === undefined) continue;
    const api = apiOf(url, device);
    const own = new Map<RoomId, Event[]>();
    for (const room of rooms.get(user) ?? []) own.set(room, await readLog(api, room));
    logs.set(user, own);
  }
  return logs;
}
