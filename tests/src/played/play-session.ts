import { SeededRandom } from '../simulation/seeded-random.ts';
import { Simulation } from '../simulation/simulation.ts';
import { countPlayed, type Figures } from './count-played.ts';
import { PlayedTown } from './played-town.ts';
import type { Scene } from './scene.ts';

/** Begins the chance of who says what on which device, apart from that of the simulation. */
const PLAYING = 0x51ed_270b;

/** Makes the scenes of a session, of so many lines together. */
export type MakeScenes = (random: SeededRandom, lines: number) => readonly Scene[];

/** Plays a session to its end. Throws what is wrong then, with the seed and all that happened. */
export async function playSession(seed: number, lines: number, make: MakeScenes): Promise<Figures> {
  const random = new SeededRandom(seed + PLAYING);
  const town = new PlayedTown(make(random.fork(), lines), random.fork());
  const simulation = new Simulation(seed, {}, town);
  try {
    const { kept } = await simulation.run();
    return await countPlayed(simulation, { kept, heard: town.heard });
  } catch (cause) {
    const story = simulation.trace.join('\n');
    throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}\n${story}`, { cause });
  }
}
