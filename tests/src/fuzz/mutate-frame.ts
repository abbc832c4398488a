import type { SeededRandom } from '../simulation/seeded-random.ts';

const DEPTH = 1_000;
const NESTED = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
/** What stands where something else should, as JSON. */
const VALUES = ['null', 'true', '-1', '1e308', '9007199254740993', '""', '[]', '{}', '"\\ud800"', NESTED];

/**
 * A frame's text with something done to it, or as it is; seldom so that it is no JSON any more, for that ends a session.
 *
 * @returns text in UTF-8, or bytes that are none
 */
export function mutateFrame(frame: object, random: SeededRandom): Buffer {
  const text = JSON.stringify(frame);
  if (random.chance(0.05)) return torn(text, random);
  const ways = [
    () => text,
    () => withoutField(frame, random),
    () => withOtherValue(frame, random),
    () => `{"again":${text},${text.slice(1)}`,
    () => `${text.slice(0, -1)},"kind":${random.pick(VALUES)}}`,
    () => random.pick(VALUES),
  ];
  return Buffer.from(random.pick(ways)());
}

/** Text with some of it cut out, doubled or replaced, or with a byte that is another. */
function torn(text: string, random: SeededRandom): Buffer {
  const from = random.between(0, text.length - 1);
  const to = Math.min(text.length, from + random.between(0, 20));
  const ways = [
    text.slice(0, from),
    text.slice(0, from) + text.slice(to),
    text.slice(0, to) + text.slice(from),
    text.slice(0, from) + random.pick(VALUES) + text.slice(to),
    text + text,
  ];
  const bytes = Buffer.from(random.pick(ways));
  if (bytes.length > 0) bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
  return bytes;
}

function withoutField(frame: object, random: SeededRandom): string {
  const key = random.pick(Object.keys(frame));
  return JSON.stringify({ ...frame, [key]: undefined });
}

function withOtherValue(frame: object, random: SeededRandom): string {
  const key = random.pick(Object.keys(frame));
  const rest = JSON.stringify({ ...frame, [key]: undefined });
  return `{${JSON.stringify(key)}:${random.pick(VALUES)},${rest.slice(1)}`.replace(/,}$/, '}');
}
