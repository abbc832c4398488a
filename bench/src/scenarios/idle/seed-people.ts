import path from 'node:path';
import { type PlannedRoom, writePlan } from '../../load/plan.ts';
import { withSeed } from '../../seed/with-seed.ts';
import { WARM_SESSIONS, type WarmAndRest, writeWarmAndRest } from './warm-and-rest.ts';

export interface SeededPeople extends WarmAndRest {
  readonly dataFolder: string;
  /** How many are not warm. */
  readonly count: number;
  /** Everybody, with the rooms, for a server that has no other way to know them. */
  readonly everybody: string;
}

/** Seeds `count` people and the warm ones, two and two with a direct room. */
export async function seedPeople(folder: string, count: number): Promise<SeededPeople> {
  const [dataFolder, everybody] = [path.join(folder, 'data'), path.join(folder, 'everybody')];
  return await withSeed(dataFolder, async (seed) => {
    const people = await seed.people(count + WARM_SESSIONS);
    const rooms: PlannedRoom[] = [];
    for (let i = 0; i + 1 < people.length; i += 2) {
      const [a, b] = people.slice(i, i + 2);
      if (a === undefined || b === undefined) continue;
      rooms.push({ room: await seed.direct(a, b), sender: i, receiver: i + 1 });
    }
    const tokens = people.map(({ token }) => token);
    writePlan(everybody, { tokens, rooms });
    return { dataFolder, count, everybody, ...writeWarmAndRest(folder, tokens) };
  });
}
