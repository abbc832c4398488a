import { directRoomId, type RoomId, type UserId } from '@maru/protocol';
import type { Engine } from '@maru/server';
import type { World } from './check.ts';
import type { SimDevice } from './sim-device.ts';
import type { StoryDeps } from './stage.ts';
import { readTruth, type TrueRoom } from './truth.ts';

type UserRecord = Awaited<ReturnType<Engine['directory']['users']>>[number];

/** Virtual time in which those who share no room hear of each other: the SDK asks every ten minutes. */
const KNOWN_MS = 640_000;
/** How likely somebody changes their profile beside a step of the story. */
const CHANCE = 0.1;

/**
 * People change their names and what they say of themselves, by a chance of its own; and every device shows everybody, as
 * a screen does.
 */
export class ProfileStory {
  readonly #deps: StoryDeps;
  #count = 0;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { random, devices, users, note, tried } = this.#deps;
    for (const { client } of devices) for (const user of users) client?.person(user);
    if (!random.chance(CHANCE)) return;
    const { client } = random.pick(devices);
    const text = `${this.#count++}`;
    const change = random.pick([{ name: `name ${text}` }, { status: text }, { status: '' }]);
    if (client === undefined) return;
    note(`profile ${JSON.stringify(change)}`);
    tried(client.updateProfile(change));
  }
}

/**
 * PEOPLE2, PEOPLE3, PEOPLE4: in the end every device knows everybody as the server does, whether they share a room or
 * not, and nothing waits on one. Throws what is wrong.
 */
export async function checkProfiles(world: World, users: readonly UserId[]): Promise<void> {
  // A device that came back late has had no screen since.
  for (const { client } of world.devices) for (const user of users) client?.person(user);
  await world.time.run(KNOWN_MS);
  const truth = await readTruth(world.server.engine);
  const records = await world.server.engine.directory.users(users);
  const wrong: string[] = [];
  for (const device of world.devices) wrong.push(...(await faultsOf(device, records, truth)));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

async function faultsOf(
  { client, identity, store }: SimDevice,
  records: readonly UserRecord[],
  truth: ReadonlyMap<RoomId, TrueRoom>,
): Promise<string[]> {
  const { profileChange } = await store.load();
  const wrong =
    profileChange === undefined ? [] : [`${identity.device}: ${JSON.stringify(profileChange)} still waits`];
  for (const { user, name, status } of records) {
    // Across a block nothing is told, and what was missed is asked for only some time after its end.
    if (truth.get(directRoomId(identity.user, user))?.events.some(isAboutBlock) === true) continue;
    const seen = client?.person(user);
    if (seen?.name === name && seen.status === status) continue;
    const shown = JSON.stringify([seen?.name, seen?.status]);
    wrong.push(`${identity.device}: knows ${user} as ${shown} instead of ${JSON.stringify([name, status])}`);
  }
  return wrong;
}

function isAboutBlock({ change }: TrueRoom['events'][number]): boolean {
  return change !== undefined && 'act' in change && (change.act === 'block' || change.act === 'unblock');
}
