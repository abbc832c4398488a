import { countFormerRooms } from './check-store.ts';
import type { SimDevice } from './sim-device.ts';
import type { SimServer } from './sim-server.ts';
import type { Happened } from './simulation-options.ts';
import type { TimeStory } from './time-story.ts';
import { readSettings } from './true-settings.ts';
import { countTalk, readTruth } from './truth.ts';

type Counted =
  | 'formerRooms'
  | 'roles'
  | 'joins'
  | 'blocks'
  | 'hidden'
  | 'kept'
  | 'planned'
  | 'reactions'
  | 'pins'
  | 'answers'
  | 'readers';

/** Counts at the end what the log and the devices tell. */
export async function countHappened(
  engine: SimServer['engine'],
  devices: readonly SimDevice[],
  timed: Pick<TimeStory, 'planned'> | undefined,
): Promise<Pick<Happened, Counted>> {
  const truth = await readTruth(engine);
  const relations = [...truth.values()].flatMap(({ relation }) => relation ?? []);
  const settings = await readSettings(engine);
  const changes = [...truth.values()].flatMap(({ events }) => events.flatMap(({ change }) => change ?? []));
  return {
    formerRooms: await countFormerRooms(devices, truth),
    roles: changes.filter(({ type }) => type === 'role-set').length,
    joins: changes.filter((change) => change.type === 'joined' && change.link !== undefined).length,
    blocks: relations.filter(({ isCut }) => isCut).length,
    hidden: relations.filter(({ hiddenFrom }) => hiddenFrom !== undefined).length,
    kept: [...settings.values()].reduce((sum, { size }) => sum + size, 0),
    planned: (timed?.planned ?? []).filter(({ outcome }) => outcome === 'accepted').length,
    readers: [...truth.values()].reduce((sum, room) => sum + room.readers, 0),
    ...countTalk(truth),
  };
}
