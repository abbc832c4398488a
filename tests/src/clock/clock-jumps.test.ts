import { expect, test } from 'bun:test';
import type { MaruClient } from '@maru/client';
import { limits, type RoomId, type UserId } from '@maru/protocol';
import { whyNoNativeLayer } from '../native-layer.ts';
import { befriend } from '../processes/befriend.ts';
import { apiOf } from '../processes/devices.ts';
import { logFaults, readLog } from '../processes/read-log.ts';
import { Steady } from './steady.ts';
import { faultsAtEnd, type TalkByClock, talkByClock, timeTold } from './talking-by-a-clock.ts';

const HOUR_S = 3_600;
/** Some seconds' worth: what looks at its clock now and then has looked. */
const ACKNOWLEDGED = 300;
/** How far times may lie apart that should be one: far less than a jump, and more than a busy machine takes. */
const NEAR_MS = 60_000;
/** On a busy machine, and yet before somebody who just went away would be offline. */
const AT_ONCE_MS = limits.OFFLINE_AFTER_MS / 2;

const why = whyNoNativeLayer();
const title = (rule: string) => (why === undefined ? rule : `${rule} (skipped: ${why})`);

test.skipIf(why !== undefined)(
  title(
    '[ORD1][ORD2][ONCE1][WIRE6][SOFT4] the clock jumps an hour back, and forward twice, while people talk: nothing is lost, nobody is cut off or looks gone',
  ),
  async () => {
    await using stack = new AsyncDisposableStack();
    const scene = await talkByClock(stack);
    const { server, clock, talk, guest, people } = scene;
    const { acknowledged, devices, group } = talk;
    const [watcher] = devices.clients;
    const [identity] = guest.devices;
    if (watcher === undefined || identity === undefined) throw new Error('two people are needed');
    const watching = people.find(({ user }) => user === watcher.user);
    if (watching !== undefined) await befriend(server.url, watching, guest);
    const { room, sending } = await watcher.commands.openDirect(guest.user);
    await sending?.outcome();
    const steady = new Steady();
    for (const client of devices.clients) {
      await client.online();
      steady.watch(client, `${client.device}'s connection`, () => client.connection.state);
    }
    let visit = await devices.open(identity);
    await watchPeople(watcher, scene, room, steady);
    await acknowledged.more(ACKNOWLEDGED);

    let roomTime = clock.now;
    for (const offsetS of [-HOUR_S, 0, HOUR_S]) {
      const { ticket } = await watcher.api.getGateway();
      await visit[Symbol.asyncDispose]();
      clock.set(offsetS);
      roomTime = Math.max(roomTime, clock.now);
      // A ticket lives for a minute, whatever the clock says; and the welcome shows that the server's clock has jumped.
      expectNear(await timeTold(server, ticket), clock.now);
      // Back within the grace time.
      visit = await devices.open(identity);
      await acknowledged.more(ACKNOWLEDGED);
      expectNear(watcher.room(group)?.latest?.at, roomTime);
      await expectRepeated(scene);
    }
    expect(steady.changes).toEqual([]);
    await apiOf(server.url, identity).logOut();
    const atOnce = AbortSignal.timeout(AT_ONCE_MS);
    await watcher.until(() => stateOf(watcher, room, guest.user) === 'offline', atOnce);
    expect(server.starts).toBe(1);
    expect(await faultsAtEnd(scene)).toEqual([]);
  },
  { timeout: 120_000 },
);

test.skipIf(why !== undefined)(
  title(
    '[ORD2][DUR1][DUR6][ONCE1] a killed server that comes back with its clock an hour back goes on as before',
  ),
  async () => {
    await using stack = new AsyncDisposableStack();
    const scene = await talkByClock(stack);
    const { server, clock, talk } = scene;
    const { acknowledged, devices, group, witness } = talk;
    const api = apiOf(server.url, witness);
    clock.set(HOUR_S);
    const roomTime = clock.now;
    await acknowledged.more(ACKNOWLEDGED);
    const before = await readLog(api, group);
    await server.kill9();
    clock.set(0);
    await server.restart();
    devices.hurry();

    expectNear(await timeTold(server, (await api.getGateway()).ticket), clock.now);
    await acknowledged.more(ACKNOWLEDGED);
    await expectRepeated(scene);
    const after = await readLog(api, group);
    expect(after.slice(0, before.length)).toEqual(before);
    expectNear(after.at(-1)?.at, roomTime);
    expect(logFaults(group, after)).toEqual([]);
    expect(await faultsAtEnd(scene)).toEqual([]);
  },
  { timeout: 120_000 },
);

/** Waits until a client sees everybody else, and from then on notes who changes. */
async function watchPeople(
  watcher: MaruClient,
  { talk, people, guest }: TalkByClock,
  room: RoomId,
  steady: Steady,
): Promise<void> {
  const others = people.filter(({ user }) => user !== watcher.user);
  const seen = [...others.map(({ user }) => [user, talk.group] as const), [guest.user, room] as const];
  for (const where of [talk.group, room]) await watcher.loadMembers(where);
  await watcher.look([talk.group, room]);
  await watcher.until(() => seen.every(([user, where]) => stateOf(watcher, where, user) === 'active'));
  for (const [user, where] of seen) steady.watch(watcher, user, () => stateOf(watcher, where, user));
}

function stateOf(watcher: MaruClient, room: RoomId, person: UserId): string | undefined {
  return watcher.room(room)?.presence?.users.find(({ user }) => user === person)?.state;
}

/** The first command that was acknowledged, sent once more: it gets the answer that it got. */
async function expectRepeated({ server, people, talk }: TalkByClock): Promise<void> {
  const [told] = talk.acknowledged.all;
  const identities = people.flatMap(({ devices }) => devices);
  const identity = identities.find(({ device }) => device === told?.device);
  if (told === undefined || identity === undefined) throw new Error('nobody has said anything');
  const { room, clientMessageId, seq } = told;
  const content = { type: 'text', text: 'once more' } as const;
  const body = { kind: 'send', room, clientMessageId, content } as const;
  const answer = await apiOf(server.url, identity).postCommand({ body });
  expect<number>(answer.seq).toBe(seq);
}

function expectNear(time: number | undefined, should: number): void {
  expect(Math.abs((time ?? 0) - should)).toBeLessThan(NEAR_MS);
}
