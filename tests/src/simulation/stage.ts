import type { UserId } from '@maru/protocol';
import type { SeededRandom } from './seeded-random.ts';
import type { SimDevice } from './sim-device.ts';
import type { SimServer } from './sim-server.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Where all stories play. */
export interface Stage {
  readonly time: VirtualTime;
  readonly server: SimServer;
  readonly devices: readonly SimDevice[];
  readonly users: readonly UserId[];
  /** Writes down what happens. */
  readonly note: (what: string) => void;
  /** Work whose refusals are part of the story. */
  readonly tried: (work: Promise<unknown>) => void;
}

/** What a story plays with. */
export interface StoryDeps extends Stage {
  /** Chance of its own, so that no story changes another. */
  readonly random: SeededRandom;
}
