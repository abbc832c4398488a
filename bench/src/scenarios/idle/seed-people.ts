import path from 'node:path';
import { type PlannedRoom, writePlan } from '../../load/plan.ts';
import { withSeed } from '../../seed/with-seed.ts';

/** Sessions that come first and stay, so that what the program itself needs is not counted on the others. */
const WARM_SESSIONS = 100;

export interface SeededPeople {
  readonly dataFolder: string;
  readonly warmPlan: string;
  /** All but the warm sessions. */
  readonly plan: string;
  readonly count: number;
  /** Everybody, with the rooms, for a server that has no other way to know them. */
  readonly everybody: string;
}

/** Seeds `count` people and the warm ones, two and two with a direct room. */
export async function seedPeople(folder: string, count: number): Promise<SeededPeople> {
  const file = (name: string) => path.join(folder, name);
  const seeded = { dataFolder: file('data'), warmPlan: file('warm'), plan: file('plan'), count };
  const everybody = file('everybody');
  await withSeed(seeded.dataFolder, async (seed) => {
    const people = await seed.people(count + WARM_SESSIONS);
    const rooms: PlannedRoom[] = [];
    for (let i = 0; i + 1 < people.length; i += 2) {
      const [a, b] = people.slice(i, i + 2);
      if (a === undefined || b === undefined) continue;
      rooms.push({ room: await seed.direct(a, b), sender: i, receiver: i + 1 });
    }
    const tokens = people.map(({ token }) => token);
    writePlan(seeded.warmPlan, { tokens: tokens.slice(0, WARM_SESSIONS), rooms: [] });
    writePlan(seeded.plan, { tokens: tokens.slice(WARM_SESSIONS), rooms: [] });
    writePlan(everybody, { tokens, rooms });
  });
  return { ...seeded, everybody };
}
