import { InvalidCommand, type MaruClient, type Message, type Outcome, type Sending } from '@maru/client';
import { limits, type RoomId, type UserId } from '@maru/protocol';
import type { World } from './check.ts';
import type { SeededRandom } from './seeded-random.ts';
import { SIM_POLL_MS, type SimDevice } from './sim-device.ts';
import { isCut, readTruth, type TrueRoom } from './truth.ts';

/** Virtual time in which what is soft has come to everybody in calm weather: pushes, and a round of beats. */
const SOON_MS = 1_500 + SIM_POLL_MS;
/** And what others say of having it, over polls, too: a message, what is said of it, and what the writer asks for. */
const SAID_MS = SOON_MS + 2 * SIM_POLL_MS;
const BEATS_MS = limits.BEAT_MS + SOON_MS;
/** After a silent cut the server misses a device only once its pings are not answered. */
const MISSED_MS = 60_000;

/** A device that is on, with the SDK on it. */
interface Present {
  readonly device: SimDevice;
  readonly client: MaruClient;
  readonly user: UserId;
}

interface Stage {
  readonly world: World;
  readonly random: SeededRandom;
  readonly room: RoomId;
  /** The devices of the room's members. */
  readonly present: readonly Present[];
  readonly wrong: string[];
  wait(ms: number): Promise<unknown>;
}

/**
 * SOFT: what may be lost in bad weather is there in good. In one room somebody writes, is seen to, and sees their message
 * delivered and read; everybody sees who is there, and who is not. `undefined` if there is no room with two people.
 */
export async function softFaults(
  world: World,
  truth: ReadonlyMap<RoomId, TrueRoom>,
  random: SeededRandom,
): Promise<string[] | undefined> {
  const rooms = [...truth].flatMap(([room, state]) => {
    if (state.isChannel) return [];
    // In bigger rooms others are told less of it (SOFT3).
    if (state.memberCount > limits.RECEIPTS_PUSHED_MEMBERS_MAX) return [];
    const present = world.devices.flatMap(presentOf).filter(({ user }) => state.isMember(user));
    return new Set(present.map(({ user }) => user)).size > 1 ? [{ room, present }] : [];
  });
  if (rooms.length === 0) return undefined;
  const { room, present } = random.pick(rooms);
  const wrong: string[] = [];
  const stage: Stage = { world, random, room, present, wrong, wait: (ms) => world.time.run(ms) };
  for (const { client } of present) await world.during(Promise.all([client.open(room), client.look([room])]));
  await presenceFaults(stage);
  await typingFaults(stage);
  await receiptFaults(stage);
  if (random.chance(0.25)) await absenceFaults(stage);
  // Who was gone is there with another client by now.
  for (const { client } of present.flatMap(({ device }) => presentOf(device))) {
    client.close(room);
    await world.during(client.look([]));
  }
  return wrong;
}

function presentOf(device: SimDevice): Present[] {
  const { client, identity } = device;
  return client === undefined ? [] : [{ device, client, user: identity.user }];
}

/** SOFT4, SOFT5: active if any device says so; who hides it is offline to everybody. */
async function presenceFaults(stage: Stage): Promise<void> {
  const { world, random, present } = stage;
  const said = new Map<UserId, 'active' | 'away'>();
  for (const { client, user } of present) {
    const state = random.pick(['active', 'away'] as const);
    client.setPresence(state);
    if (said.get(user) !== 'active') said.set(user, state);
  }
  await stage.wait(BEATS_MS);
  const { directory } = world.server.engine;
  const hiding = new Set<UserId>();
  for (const { user, hidePresence } of await directory.users([...said.keys()]))
    if (hidePresence) hiding.add(user);
  const shows = await shown(stage);
  expectStates(stage, (user, looker) =>
    hiding.has(user) || !shows(user, looker) ? 'offline' : (said.get(user) ?? 'offline'),
  );
}

/** SOFT7: the other members see it, for as long as it holds. */
async function typingFaults(stage: Stage): Promise<void> {
  const { random, room, present, wrong } = stage;
  const writer = random.pick(present);
  // What was to be sent later may come just now, and ends it.
  const newest = () => writer.client.room(room)?.latest?.seq;
  let before: ReturnType<typeof newest>;
  do {
    before = newest();
    writer.client.typing(room);
    await stage.wait(SOON_MS);
    if (newest() !== before) await stage.wait(limits.TYPING_MS);
  } while (newest() !== before);
  const shows = await shown(stage);
  for (const { client, user, device } of present) {
    const should = user === writer.user || !shows(writer.user, user) ? [] : [writer.user];
    const seen = client.room(room)?.typing ?? [];
    if (seen.join() !== should.join())
      wrong.push(`${device.identity.device} ${room}: sees [${seen}] write, should see [${should}]`);
  }
  await stage.wait(limits.TYPING_MS);
  for (const { client, device } of present) {
    const seen = client.room(room)?.typing ?? [];
    if (seen.length > 0) wrong.push(`${device.identity.device} ${room}: [${seen}] still write`);
  }
}

/** SOFT2: sent, then delivered to all who are there, then read by who says so, on all devices of who wrote it. */
async function receiptFaults(stage: Stage): Promise<void> {
  const { world, random, room, present, wrong } = stage;
  // Where only its owner writes, and has no device, nothing is said.
  const writers = present.filter(({ client }) => client.room(room)?.can.send);
  if (writers.length === 0) return;
  const writer = random.pick(writers);
  const outcome = await world.during(outcomeOf(writer.client.commands.send(room, 'soft')));
  if (await isCutOff(stage)) {
    if (outcome.kind === 'accepted') wrong.push(`${room}: «soft» was taken across a block`);
    return;
  }
  if (outcome.kind !== 'accepted') {
    wrong.push(`${room}: «soft» was refused as ${outcome.error.code}`);
    return;
  }
  const own = present.filter(({ user }) => user === writer.user);
  const expectReceipts = (others: readonly UserId[], read: number) => {
    for (const { client, device } of own) {
      const message = client.room(room)?.messages.find(({ seq }) => seq === outcome.seq);
      const all = (client.room(room)?.memberCount ?? 0) - 1;
      const should = `${stateOf(all, others.length, read)} ${others.length} ${read}`;
      const seen = `${message?.state} ${message?.receipts?.delivered} ${message?.receipts?.read}`;
      if (seen !== should)
        wrong.push(`${device.identity.device} ${room}: «soft» is ${seen}, should be ${should}`);
    }
  };
  // What was to be sent later may come meanwhile, and accept who wrote.
  const showing = async () => {
    const shows = await shown(stage);
    const users = new Set(present.map(({ user }) => user));
    return [...users].filter((user) => user !== writer.user && shows(user, writer.user));
  };
  await stage.wait(SAID_MS);
  const others = await showing();
  expectReceipts(others, 0);
  const readers = others.filter(() => random.chance(0.7));
  for (const reader of readers) {
    const [{ client } = { client: undefined }] = present.filter(({ user }) => user === reader);
    client?.markRead(room);
  }
  await stage.wait(SAID_MS);
  expectReceipts(await showing(), readers.length);
}

/** Who blocks the other is refused by the device itself. */
async function outcomeOf(sending: Promise<Sending>): Promise<Outcome> {
  try {
    return await (await sending).outcome();
  } catch (error) {
    if (error instanceof InvalidCommand) return { kind: 'failed', error: error.body };
    throw error;
  }
}

function stateOf(all: number, delivered: number, read: number): Message['state'] {
  if (read === all) return 'read';
  return delivered === all ? 'delivered' : 'sent';
}

/** SOFT4: who is back within the grace time was never away to anybody; who stays away is offline, until they are back. */
async function absenceFaults(stage: Stage): Promise<void> {
  const { world, random, room, present, wrong } = stage;
  const { user: gone } = random.pick(present);
  const theirs = present.filter(({ user }) => user === gone);
  const others = present.filter(({ user }) => user !== gone);
  const seen = () => others.map(({ client }) => stateIn(client, room, gone));
  const before = seen();
  for (const { device } of theirs) device.cut(false);
  for (let passed = 0; passed < BEATS_MS; passed += 500) {
    await stage.wait(500);
    if (seen().join() !== before.join()) wrong.push(`${room}: a cut of ${gone} shows as ${seen()}`);
  }
  for (const { device } of theirs) device.crash();
  await stage.wait(limits.OFFLINE_AFTER_MS + MISSED_MS);
  if (seen().some((state) => state !== 'offline')) wrong.push(`${room}: ${gone} is gone, and ${seen()}`);
  for (const { device } of theirs) await world.during(device.start());
}

/** REL4, REL8: whether what is soft of somebody is told to a reader, by the log as it is now. */
async function shown({ world, room }: Stage): Promise<(user: UserId, reader: UserId) => boolean> {
  const truth = await readTruth(world.server.engine);
  const relation = truth.get(room)?.relation;
  return (user, reader) => relation?.shows(user) ?? !isCut(truth, user, reader);
}

/** REL7 */
async function isCutOff({ world, room }: Stage): Promise<boolean> {
  return (await readTruth(world.server.engine)).get(room)?.relation?.isCut === true;
}

function expectStates(
  { present, room, wrong }: Stage,
  should: (user: UserId, looker: UserId) => string,
): void {
  for (const { client, device, user: looker } of present) {
    for (const user of new Set(present.map((other) => other.user))) {
      const [seen, expected] = [stateIn(client, room, user), should(user, looker)];
      if (user !== looker && seen !== expected)
        wrong.push(`${device.identity.device} ${room}: ${user} is ${seen}, should be ${expected}`);
    }
  }
}

function stateIn(client: MaruClient, room: RoomId, user: UserId): string {
  const users = client.room(room)?.presence?.users ?? [];
  return users.find((presence) => presence.user === user)?.state ?? 'offline';
}
