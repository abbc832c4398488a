import { expect, test } from 'bun:test';
import type { Entity } from '@maru/protocol';
import { segmentText } from './segments.ts';
import { SLICE_UNITS_MAX, textSlices } from './text-slices.ts';

const LONG = Array.from({ length: 5_000 }, (_, line) => `line ${line} of a long text\n`).join('');

test('slices are short, end with a line, and are all of the text', () => {
  const slices = textSlices(LONG);
  expect(Math.max(...slices.map(({ text }) => text.length))).toBeLessThanOrEqual(SLICE_UNITS_MAX);
  expect(slices.map(({ text }) => `${text}\n`).join('')).toBe(LONG);
  expect(slices.length).toBeGreaterThan(LONG.length / SLICE_UNITS_MAX);
});

test('a text without lines is cut between characters', () => {
  const text = '🙂'.repeat(10);
  const slices = textSlices(text, [], 5);
  expect(slices.every((slice) => slice.text.isWellFormed() && slice.text.length <= 5)).toBe(true);
  expect(slices.map((slice) => slice.text).join('')).toBe(text);
});

test('looks stay where they are, and go on behind an end', () => {
  const entities: Entity[] = [
    { type: 'bold', offset: 1, length: 6 },
    { type: 'italic', offset: 8, length: 2 },
  ];
  const looks = textSlices('🙂abcdefghi', entities, 5).map(({ text, entities: within }) =>
    segmentText(text, within).map((one) => (one.kind === 'entity' ? [one.entity.type, one.text] : one.text)),
  );
  expect(looks).toEqual([
    ['🙂', ['bold', 'abc']],
    [['bold', 'def'], 'g', ['italic', 'h']],
    [['italic', 'i']],
  ]);
});

test('a text of 100,000 characters with a look on each word is cut in one go', () => {
  const entities = Array.from(
    { length: 2_000 },
    (_, at): Entity => ({ type: 'bold', offset: at * 40, length: 4 }),
  );
  const counted = textSlices(LONG, entities).reduce((sum, slice) => sum + slice.entities.length, 0);
  expect(counted).toBeGreaterThanOrEqual(2_000);
  expect(counted).toBeLessThan(2_100);
});
