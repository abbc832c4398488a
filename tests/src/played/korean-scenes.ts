import type { SeededRandom } from '../simulation/seeded-random.ts';
import { type Scene, type SceneLine, sceneOf } from './scene.ts';

type Pair = readonly [question: string, answer: string];

/** Of the sentences nobody is known to have said them: these do. */
const PEOPLE = ['민수', '지은', '서준', '하윤', '도현'] as const;
const DIRECT_ROOMS = 3;

/**
 * A piece of the pairs of sentences: some say them to each other in direct rooms, all in a group. Every second line answers
 * the one before it.
 *
 * @param count lines, of all scenes together
 */
export function koreanScenes(pairs: readonly Pair[], random: SeededRandom, count: number): Scene[] {
  const from = random.between(0, Math.max(0, pairs.length - count));
  const piece = pairs.slice(from, from + Math.ceil(count / 2));
  const couples = couplesOf(random).slice(0, DIRECT_ROOMS);
  const share = Math.ceil(piece.length / (couples.length + 1));
  const direct = couples.map((couple, n) =>
    sceneOf(
      couple.join(),
      said(piece.slice(n * share, (n + 1) * share), () => couple),
    ),
  );
  const rest = piece.slice(couples.length * share);
  return [
    ...direct,
    sceneOf(
      '우리',
      said(rest, () => random.pick(couplesOf(random))),
    ),
  ];
}

type Couple = readonly [string, string];

/** All who can talk with each other, in an order of chance. */
function couplesOf(random: SeededRandom): Couple[] {
  const couples = PEOPLE.flatMap((one, n) => PEOPLE.slice(n + 1).map((other): Couple => [one, other]));
  const ranks = new Map(couples.map((couple) => [couple, random.next()]));
  return couples.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

function said(pairs: readonly Pair[], couple: () => Couple): SceneLine[] {
  return pairs.flatMap(([question, answer], n) => {
    const [asks, replies] = couple();
    return [
      { speaker: asks, text: question, answers: undefined },
      { speaker: replies, text: answer, answers: 2 * n },
    ];
  });
}
