import { expect, test } from 'bun:test';
import type { RoomSnapshot } from '@maru/client';
import { directRoom, fakeWorld } from '../testing/fake-world.ts';
import { bannerLine, bannerText } from './banner.ts';
import { lineWidth } from './span.ts';

const asking = (text: string): RoomSnapshot =>
  directRoom({
    relation: { state: 'requested-by-them', seq: 1, note: { type: 'text', text }, pending: false },
  });
const shown = (text: string, width: number) => {
  const line = bannerLine(fakeWorld([asking(text)]), width);
  expect(lineWidth(line)).toBe(width);
  return line.map((part) => part.text).join('');
};

test('a note is cut where there is no room, whatever it has in it', () => {
  const note = 'Tea · cake · and a walk';
  expect(bannerText(fakeWorld([asking(note)]))).toEndWith(`/block [--report] · “${note}”`);
  expect(shown(note, 90)).toContain(`“${note}” ─`);
  const cut = shown(note, 66);
  expect(cut).toMatch(/\[--report\] · “Tea · [^”]*… ─+$/);
});

test('a command is whole or not there, and nothing behind it is', () => {
  expect(shown('Tea · cake', 55)).toMatch(/· \/refuse · \/block \[--report\] ─+$/);
  expect(shown('Tea · cake', 44)).toMatch(/· \/refuse · \/block ─+$/);
  expect(shown('Tea · cake', 36)).toMatch(/· \/accept · \/refuse ─+$/);
  expect(shown('Tea · cake', 26)).toMatch(/· \/accept ─+$/);
});
