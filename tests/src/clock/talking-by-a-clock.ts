import path from 'node:path';
import { directRoomId } from '@maru/protocol';
import type { Pace } from '../durability/acknowledged.ts';
import { startTalk, type Talk } from '../durability/talking.ts';
import { maru } from '../import/maru.ts';
import { RawConnection } from '../limits/raw-connection.ts';
import { caughtUp, deviceFaults } from '../processes/converge.ts';
import { apiOf } from '../processes/devices.ts';
import { type PersonIdentity, seedPeople } from '../processes/people.ts';
import { readLog } from '../processes/read-log.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { MachineClock } from './machine-clock.ts';

/** Within the rates of everyday, which go by a clock, too. */
const PACE: Pace = { inFlight: 2, pauseMs: 150 };
const CAUGHT_UP_MS = 20_000;

export interface TalkByClock {
  readonly server: ServerProcess;
  /** The server's. Everybody else's goes right. */
  readonly clock: MachineClock;
  readonly talk: Talk;
  /** Those who talk, all in one group. */
  readonly people: readonly PersonIdentity[];
  /** Who doesn't, and is in no room yet. */
  readonly guest: PersonIdentity;
}

/** People who talk on a server whose clock may be set. */
export async function talkByClock(stack: AsyncDisposableStack): Promise<TalkByClock> {
  const folder = stack.use(temporaryFolder()).path;
  const clock = stack.use(await MachineClock.in(folder));
  const dataFolder = path.join(folder, 'data');
  const [guest, ...people] = await seedPeople(dataFolder, ['손님', '가영', 'Bo', 'Célia', 'Дима']);
  if (guest === undefined) throw new Error('there is no guest');
  const { environment } = clock;
  const server = stack.use(await ServerProcess.start({ dataFolder, environment }));
  const talk = await startTalk(server.url, people, PACE);
  stack.use(talk.devices);
  return { server, clock, talk, people, guest };
}

/** What the server's clock shows, told in the welcome of a session that a ticket opens. */
export async function timeTold({ port }: ServerProcess, ticket: string): Promise<number> {
  using raw = await RawConnection.open(port);
  raw.say({ kind: 'hello', versions: [1], capabilities: [], ticket });
  return Number((await raw.frame('welcome')).now);
}

/** Ends the talk and the server, and says what is wrong with what each of them has. */
export async function faultsAtEnd({ server, talk, people }: TalkByClock): Promise<string[]> {
  const { acknowledged, devices, group, witness } = talk;
  await acknowledged.finish();
  const wrong = acknowledged.failed.map(({ code, message }) => `${code}: ${message}`);
  const api = apiOf(server.url, witness);
  wrong.push(...(await acknowledged.faults(api)));
  const logs = new Map([[group, await readLog(api, group)]]);
  for (const { user } of people.filter((person) => person.user !== witness.user)) {
    const room = directRoomId(witness.user, user);
    logs.set(room, await readLog(api, room));
    for (const client of devices.clients.filter((each) => each.user === user)) {
      const should = new Map([...logs].filter(([known]) => known === group || known === room));
      await caughtUp(client, should, CAUGHT_UP_MS);
      wrong.push(...(await deviceFaults(client, should)));
    }
  }
  wrong.push(...devices.faults);

  const code = await server.terminate();
  if (code !== 0) wrong.push(`the server ended with ${code}`);
  const verified = await maru('verify', '--data', server.dataFolder);
  if (verified.code !== 0) wrong.push(verified.out, verified.err);
  return wrong;
}
