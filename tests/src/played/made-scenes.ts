import type { SeededRandom } from '../simulation/seeded-random.ts';
import { type Scene, type SceneLine, sceneOf } from './scene.ts';

const GROUP = ['ann', 'ben', 'cho', 'dan', 'eve'];
const COUPLE = ['ann', 'ben'];
const WORDS = ['네', '아니요', 'maybe', '👍🏽', 'tomorrow', '어디?', 'at nine', 'ㅋㅋㅋ', 'so', '그래서'];

/** Conversations that nobody ever had, for where no others are found. @param count lines of both together */
export function madeScenes(random: SeededRandom, count: number): Scene[] {
  const half = Math.ceil(count / 2);
  return [
    sceneOf('made up', made(GROUP, random, half)),
    sceneOf('by two', made(COUPLE, random, count - half)),
  ];
}

function made(speakers: readonly string[], random: SeededRandom, count: number): SceneLine[] {
  return Array.from({ length: count }, (_, place) => {
    const words = Array.from({ length: random.between(1, 12) }, () => random.pick(WORDS));
    const answers = place > 0 && random.chance(0.3) ? random.between(0, place - 1) : undefined;
    // Everybody says something before anybody is heard twice.
    const speaker = speakers[place] ?? random.pick(speakers);
    return { speaker, text: `${words.join(' ')} (${place})`, answers };
  });
}
