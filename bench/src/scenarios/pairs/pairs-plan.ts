import path from 'node:path';
import { type PlannedRoom, writePlan } from '../../load/plan.ts';
import { withSeed } from '../../seed/with-seed.ts';

export interface SeededPlan {
  readonly dataFolder: string;
  /** The plan's file. */
  readonly plan: string;
}

/**
 * Seeds senders, as many receivers, and direct rooms between them: each sender has `roomsEach`, with as many receivers.
 */
export async function pairsPlan(folder: string, pairs: number, roomsEach: number): Promise<SeededPlan> {
  const dataFolder = path.join(folder, 'data');
  const plan = path.join(folder, 'plan');
  await withSeed(dataFolder, async (seed) => {
    const people = await seed.people(pairs * 2);
    const rooms: PlannedRoom[] = [];
    for (let sender = 0; sender < pairs; sender++) {
      for (let offset = 0; offset < roomsEach; offset++) {
        const receiver = pairs + ((sender + offset) % pairs);
        const [from, to] = [people[sender], people[receiver]];
        if (from === undefined || to === undefined) throw new Error('more rooms than pairs of people');
        rooms.push({ room: await seed.direct(from, to), sender, receiver });
      }
    }
    writePlan(plan, { tokens: people.map(({ token }) => token), rooms });
  });
  return { dataFolder, plan };
}
