import type { Conversation, Line } from '../processes/conversations.ts';
import type { SeededRandom } from '../simulation/seeded-random.ts';
import { type Scene, type SceneLine, sceneOf } from './scene.ts';

/** `nick: text` and `nick, text`, as people on a channel say to whom they speak. */
const ADDRESSED = /^([^\s:,]+)[:,]\s/;

/**
 * A piece of one of the channels, taken up again later: two groups of mostly the same people.
 *
 * @param count lines of both together
 */
export function ircScenes(
  conversations: readonly Conversation[],
  random: SeededRandom,
  count: number,
): Scene[] {
  const { lines } = random.pick(conversations);
  const from = random.between(0, Math.max(0, lines.length - count));
  const until = from + Math.ceil(count * 0.7);
  return [
    sceneOf('#ubuntu', withAnswers(lines.slice(from, until))),
    sceneOf('#ubuntu, later', withAnswers(lines.slice(until, from + count))),
  ];
}

/** Who speaks to somebody answers the last that they said. */
export function withAnswers(lines: readonly Line[]): SceneLine[] {
  const last = new Map<string, number>();
  return lines.map(({ speaker, text }, place) => {
    const [, addressed = ''] = ADDRESSED.exec(text) ?? [];
    const answers = last.get(addressed.toLowerCase());
    last.set(speaker.toLowerCase(), place);
    return { speaker, text, answers };
  });
}
