import { expect, test } from 'bun:test';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { ircScenes, withAnswers } from './irc-scenes.ts';

test('who speaks to somebody answers the last that they said before', () => {
  const lines = [
    { speaker: 'Ann', text: 'hello' },
    { speaker: 'ann', text: 'anybody?' },
    { speaker: 'ben', text: 'ann: yes' },
    { speaker: 'cho', text: 'ben, dan: and me' },
    { speaker: 'dan', text: 'eve: who are you?' },
    { speaker: 'dan', text: 'http://example.org' },
  ];
  const answers = withAnswers(lines).map((line) => line.answers);
  expect(answers).toEqual([undefined, undefined, 1, 2, undefined, undefined]);
});

test('a piece of a channel is taken up later, with nothing left out between', () => {
  const lines = Array.from({ length: 20 }, (_, n) => ({ speaker: `speaker ${n % 3}`, text: `${n}` }));
  const scenes = ircScenes([{ speakers: [], lines }], new SeededRandom(1), 10);
  expect(scenes.map((scene) => scene.lines.length)).toEqual([7, 3]);
  const texts = scenes.flatMap((scene) => scene.lines.map(({ text }) => Number(text)));
  expect(texts).toEqual(Array.from({ length: 10 }, (_, n) => (texts[0] ?? 0) + n));
});
