import { ChannelStory } from './channel-story.ts';
import { ForwardStory } from './forward-story.ts';
import { GroupStory } from './group-story.ts';
import { OwnStory } from './own-story.ts';
import { ProfileStory } from './profile-story.ts';
import { RelationStory } from './relation-story.ts';
import { SeededRandom } from './seeded-random.ts';
import type { SimulationOptions } from './simulation-options.ts';
import { SoftStory } from './soft-story.ts';
import type { Stage } from './stage.ts';
import { BESIDE_OWN, CHANNELS, FORWARDING, GROUPS, PROFILES, RELATING, TALKING } from './story-seeds.ts';
import { TalkStory } from './talk-story.ts';
import { TimeStory } from './time-story.ts';

/** Of so many seeds, in one people change their profiles: until all know of it, much time has to pass. */
const PROFILES_EVERY = 7;

export interface Stories {
  readonly soft: SoftStory | undefined;
  readonly timed: TimeStory | undefined;
  /** Goes with each step of the seed's story, on its device. */
  readonly relating: RelationStory | undefined;
  readonly profiles: ProfileStory | undefined;
  /** Those that go on after each step. */
  readonly beside: readonly { step(): void }[];
}

/** @param chance of what happens beside; each story has its own, so that none changes another */
export function storiesOf(
  seed: number,
  options: SimulationOptions,
  stage: Stage,
  chance: SeededRandom,
): Stories {
  const { plain = false, reporting = false } = options;
  const { relating = !plain, own = !plain, groups = !plain, talking = !plain, channels = !plain } = options;
  const softly = chance.fork();
  const timely = chance.fork();
  const soft = plain ? undefined : new SoftStory({ ...stage, random: softly });
  const timed = plain ? undefined : new TimeStory({ ...stage, random: timely });
  const asking = relating
    ? new RelationStory({ ...stage, reports: reporting, random: new SeededRandom(seed + RELATING) })
    : undefined;
  const keeping = own ? new OwnStory({ ...stage, random: new SeededRandom(seed + BESIDE_OWN) }) : undefined;
  const grouping = groups ? new GroupStory({ ...stage, random: new SeededRandom(seed + GROUPS) }) : undefined;
  const talk = talking ? new TalkStory({ ...stage, random: new SeededRandom(seed + TALKING) }) : undefined;
  const posting = channels
    ? new ChannelStory({ ...stage, random: new SeededRandom(seed + CHANNELS) })
    : undefined;
  const forwarding = talking
    ? new ForwardStory({ ...stage, random: new SeededRandom(seed + FORWARDING) })
    : undefined;
  const profiles =
    relating && seed % PROFILES_EVERY === 0
      ? new ProfileStory({ ...stage, random: new SeededRandom(seed + PROFILES) })
      : undefined;
  const beside = [soft, timed, keeping, grouping, talk, posting, forwarding, profiles].flatMap(
    (story) => story ?? [],
  );
  return { soft, timed, relating: asking, profiles, beside };
}
