import { expect, test } from 'bun:test';
import { foldedText, isLong } from './folded-text.ts';

test('a text is folded by its length or by its lines', () => {
  expect([isLong('x'.repeat(3_000)), isLong('x'.repeat(3_001))]).toEqual([false, true]);
  expect([isLong('\n'.repeat(38)), isLong('\n'.repeat(39))]).toEqual([false, true]);
});

test('of a folded text few code points are shown, and few lines', () => {
  expect(foldedText('😀'.repeat(5_000))).toBe('😀'.repeat(600));
  expect(foldedText('x\n'.repeat(1_000)).split('\n')).toHaveLength(20);
  expect(foldedText('short\nand whole')).toBe('short\nand whole');
});
