import { expect, test } from 'bun:test';
import path from 'node:path';
import { type Api, ApiError, type MaruClient } from '@maru/client';
import type { LinkCode, RoomId } from '@maru/protocol';
import { freePort } from '../limits/server-metrics.ts';
import { apiOf, Devices, TRANSPORTS } from './devices.ts';
import { type PersonIdentity, seedPeople } from './people.ts';
import { FREE_RATES, ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { verifyFindings } from './verify-findings.ts';

const ANSWERED_MS = 30_000;
const GROUP_MEMBERS_MAX = 12;
const USES_MAX = 7;
const PEOPLE = 30;

interface Guest {
  readonly client: MaruClient;
  readonly person: PersonIdentity;
}

/** A server, the owner of a group, and people who are in no room. */
async function setScene(stack: AsyncDisposableStack) {
  const folder = stack.use(temporaryFolder());
  const dataFolder = path.join(folder.path, 'data');
  const names = Array.from({ length: PEOPLE + 1 }, (_, n) => `person ${n}`);
  const people = await seedPeople(dataFolder, names, 1);
  const metricsPort = await freePort();
  const flags = [...FREE_RATES, `--group-members-max=${GROUP_MEMBERS_MAX}`, `--metrics-port=${metricsPort}`];
  const server = stack.use(await ServerProcess.start({ dataFolder, flags }));
  const devices = stack.use(new Devices(server.url));
  const guests: Guest[] = [];
  for (const [n, person] of people.entries()) {
    const [identity] = person.devices;
    const transport = TRANSPORTS[n % TRANSPORTS.length];
    if (identity === undefined || transport === undefined) throw new Error('everybody has a device');
    guests.push({ client: await devices.open(identity, { transport }), person });
  }
  const [owner, ...others] = guests;
  if (owner === undefined) throw new Error('there is nobody');
  await Promise.all(guests.map(({ client }) => client.online(AbortSignal.timeout(ANSWERED_MS))));
  return { server, devices, dataFolder, metricsPort, owner: owner.client, others };
}

/** How many came in, and what the others were told. */
async function joinAtOnce(guests: readonly Guest[], code: LinkCode): Promise<[number, Set<string>]> {
  const sendings = await Promise.all(guests.map(({ client }) => client.commands.join(code)));
  const outcomes = await Promise.all(sendings.map((sending) => sending.outcome()));
  const refused = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.error.code] : []));
  return [outcomes.length - refused.length, new Set(refused)];
}

async function refusalOf(work: ReturnType<Api['lookAtLink']>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}

function inRoom(guests: readonly Guest[], room: RoomId): Guest[] {
  return guests.filter(({ client }) => client.room(room)?.membership === 'member');
}

test('[LINK3][LIMIT4] of many who join at once over all transports, as many come in as the link and the group take', async () => {
  await using stack = new AsyncDisposableStack();
  const { server, devices, dataFolder, metricsPort, owner, others } = await setScene(stack);
  const { room } = await owner.commands.createGroup('floor', []);
  const made = await owner.commands.makeLink(room, { usesMax: USES_MAX });
  expect(await made.sending.outcome()).toMatchObject({ kind: 'accepted' });

  const [firstIn, firstTold] = await joinAtOnce(others, made.code);
  expect([firstIn, [...firstTold]]).toEqual([USES_MAX, ['link-invalid']]);
  const outside = others.filter((guest) => !inRoom([guest], room).includes(guest));
  const open = await owner.commands.makeLink(room);
  expect(await open.sending.outcome()).toMatchObject({ kind: 'accepted' });
  const [secondIn, secondTold] = await joinAtOnce(outside, open.code);
  expect([secondIn, [...secondTold]]).toEqual([GROUP_MEMBERS_MAX - 1 - USES_MAX, ['room-full']]);

  await owner.until(
    () => owner.room(room)?.memberCount === GROUP_MEMBERS_MAX,
    AbortSignal.timeout(ANSWERED_MS),
  );
  const { members } = await owner.api.getMembers({ params: { room } });
  expect(members).toHaveLength(GROUP_MEMBERS_MAX);
  const { links } = await owner.links(room);
  // The one that was used up made room for the other.
  expect(links.map(({ code, uses }) => [code, uses])).toEqual([
    [open.code, GROUP_MEMBERS_MAX - 1 - USES_MAX],
  ]);
  expect(owner.room(room)?.facts.links?.map(({ uses }) => uses)).toEqual(links.map(({ uses }) => uses));
  // What lets in stands nowhere that an operator, or somebody who reads over their shoulder, looks.
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  for (const code of [made.code, open.code])
    for (const told of [server.logged, metrics]) expect(told).not.toContain(code.slice(26));
  expect(devices.faults).toEqual([]);
  await devices[Symbol.asyncDispose]();
  await server.terminate();
  expect(await verifyFindings(dataFolder)).toEqual([]);
}, 120_000);

test('[LINK1][LINK2][LINK4][LINK5] asking, being let in, being removed, and what each sees of a link', async () => {
  await using stack = new AsyncDisposableStack();
  const { owner, others, server, devices } = await setScene(stack);
  const [mina, jun, sora] = others;
  if (mina === undefined || jun === undefined || sora === undefined) throw new Error('there are three');
  const { room } = await owner.commands.createGroup('floor', [mina.person.user]);
  await (await owner.commands.describe(room, '조용한 방')).outcome();
  const { code, sending } = await owner.commands.makeLink(room, { approval: true });
  await sending.outcome();
  expect(await jun.client.lookAtLink(code)).toEqual({
    ...{ room, name: 'floor', description: '조용한 방', memberCount: 2 },
    ...{ approval: true, standing: 'stranger' },
  });

  for (const { client } of [jun, sora]) await (await client.commands.join(code)).outcome();
  expect((await jun.client.lookAtLink(code)).standing).toBe('requested');
  expect(jun.client.room(room)).toBeUndefined();
  await owner.until(() => owner.room(room)?.facts.requests?.length === 2, AbortSignal.timeout(ANSWERED_MS));
  const { requests } = await mina.client.links(room);
  expect(requests.map(({ user }) => user)).toEqual([jun.person.user, sora.person.user]);
  await (await owner.commands.answerJoin(room, jun.person.user, true)).outcome();
  await (await owner.commands.answerJoin(room, sora.person.user, false)).outcome();
  await jun.client.until(
    () => jun.client.room(room)?.membership === 'member',
    AbortSignal.timeout(ANSWERED_MS),
  );
  expect(sora.client.room(room)).toBeUndefined();

  await (await owner.commands.removeMember(room, jun.person.user)).outcome();
  expect(await refusalOf(jun.client.lookAtLink(code))).toBe('link-invalid');
  const back = await (await jun.client.commands.join(code)).outcome();
  expect(back).toMatchObject({ kind: 'failed', error: { code: 'link-invalid' } });

  await (await owner.commands.setRights(room, { add: 'administrators' })).outcome();
  const [minas] = mina.person.devices;
  if (minas === undefined) throw new Error('everybody has a device');
  const hidden = await apiOf(server.url, minas)
    .getLinks({ params: { room } })
    .then(
      () => 'shown',
      (error: unknown) => (error instanceof ApiError ? error.code : error),
    );
  expect(hidden).toBe('forbidden');
  const [link] = owner.room(room)?.facts.links ?? [];
  if (link === undefined) throw new Error('there is a link');
  await (await owner.commands.revokeLink(room, link.link)).outcome();
  expect(await refusalOf(sora.client.lookAtLink(code))).toBe('link-invalid');
  expect(devices.faults).toEqual([]);
}, 120_000);
