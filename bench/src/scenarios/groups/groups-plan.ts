import path from 'node:path';
import { type PlannedRoom, writePlan } from '../../load/plan.ts';
import type { Person } from '../../seed/seed.ts';
import { withSeed } from '../../seed/with-seed.ts';
import type { SeededPlan } from '../pairs/pairs-plan.ts';

/**
 * Sessions of a room that talk, each with a message under way: enough that no server ever waits for something to
 * publish. (With few, what is measured is how long a message takes, which is the business of `alone`.)
 */
export const TALKERS = 64;

/** Seeds `count` groups of `size` people, each in one of them. */
export async function groupsPlan(folder: string, size: number, count: number): Promise<SeededPlan> {
  const dataFolder = path.join(folder, 'data');
  const plan = path.join(folder, 'plan');
  await withSeed(dataFolder, async (seed) => {
    const people = await seed.people(size * count);
    const rooms: PlannedRoom[] = [];
    for (let first = 0; first < people.length; first += size) {
      const members = people.slice(first, first + size) as [Person, ...Person[]];
      rooms.push({ room: await seed.group(members), sender: first, receiver: first + size - 1 });
    }
    writePlan(plan, { tokens: people.map(({ token }) => token), rooms });
  });
  return { dataFolder, plan };
}
