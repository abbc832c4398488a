import type { Stage } from './stage.ts';

/** Somebody who takes part, with so many devices. */
export interface Player {
  readonly name: string;
  readonly devices: number;
}

/** Who takes part in a simulation, how long it is, and what they do at each of its steps beside everything else. */
export interface Cast {
  readonly players: readonly Player[];
  /** Called once everybody is there, in calm weather. */
  begin(stage: BegunStage): Promise<void>;
  /** One step. @returns whether there was one more */
  step(): boolean;
}

/** Where a cast plays. */
export interface BegunStage extends Stage {
  /** Lets time run until something is done. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
}

const USERS = 4;
const DEVICES_PER_USER = 2;
const STEPS = 60;

/** A few people who do nothing but what a seed's story says. */
export class FewPeople implements Cast {
  readonly players = Array.from({ length: USERS }, (_, u) => ({
    name: `user${u}`,
    devices: DEVICES_PER_USER,
  }));
  #left = STEPS;

  async begin(): Promise<void> {}

  step(): boolean {
    return this.#left-- > 0;
  }
}
