import { afterAll, beforeAll, expect } from 'bun:test';
import { createApi, createClient, type MaruClient, MemoryStore, systemEnvironment } from '@maru/client';
import type { RoomId, Seq } from '@maru/protocol';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { isStill } from './scrolling.ts';
import { field, holds, type Person, say, Town } from './town.ts';
import { scrollAndLook } from './walk/line-numbers.ts';

/** A long log is taken in, on a busy machine. */
const START_MS_MAX = 300_000;
/** Many times what is kept of what was scrolled over. `npm run bench:web -- long-room` has a million. */
const LINES = 20_000;
const MIDDLE = LINES / 2;
/** More than is kept on one side. */
const SCROLLED_LINES = 900;
const STEP_PIXELS = 1_200;
/** Rows of what is kept, at their highest. */
const HEIGHT_PIXELS_MAX = 2_000 * 120;
const ARTICLES_MAX = 80;

let town: Town;
let mina: Person;
let device: MaruClient;
let room: RoomId;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  mina = await town.signUp('mina');
  await town.importLog('porch', LINES, 'mina');
  const { http } = systemEnvironment();
  const body = { handle: 'mina', password: 'correct horse', device: { name: 'other' } };
  const signedIn = await createApi({ baseUrl: town.url, http }).logIn({ body });
  device = await createClient({ baseUrl: town.url, store: new MemoryStore(), signedIn });
  await device.online();
  await device.until(() => device.rooms.length > 0);
  room = device.rooms[0]?.room ?? room;
  for (const [text, line] of [
    ['about the first', 0],
    ['about the middle', MIDDLE],
  ] as const)
    await answer(text, line);
}, START_MS_MAX);
afterAll(async () => {
  await device?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});

/** Answers a line of the log: a quote, by which one comes to it. */
async function answer(text: string, line: number): Promise<void> {
  // Before the lines are those who came.
  const { events } = await device.api.getEvents({ params: { room }, query: { direction: 'newer', from: 1 } });
  const first = events.find(({ kind }) => kind === 'message')?.seq ?? 0;
  const sending = await device.commands.send(room, text, { replyTo: (first + line) as Seq });
  expect(await sending.outcome()).toMatchObject({ kind: 'accepted' });
}

function isPast(lines: readonly number[], wanted: number, pixels: number): boolean {
  return pixels > 0 ? (lines.at(-1) ?? 0) >= wanted : (lines[0] ?? Number.POSITIVE_INFINITY) <= wanted;
}

/** Scrolls until a line is in view or was, and looks at every step: nothing is left out, or seen twice, nor does the view jump. */
async function scrollTo(page: Page, wanted: number, pixels: number): Promise<void> {
  await isStill(page);
  let { lines: before } = await scrollAndLook(page, 0);
  for (let turns = 0; turns < 2_000 && !isPast(before, wanted, pixels); turns++) {
    const { lines, articles, height } = await scrollAndLook(page, pixels);
    const first = lines[0] ?? 0;
    expect(lines).toEqual(lines.map((_, at) => first + at));
    // Not back, and no farther than a step is high.
    const step = (first - (before[0] ?? 0)) * Math.sign(pixels);
    expect(step).toBeGreaterThanOrEqual(0);
    expect(step).toBeLessThan(40);
    expect(articles).toBeLessThan(ARTICLES_MAX);
    expect(height).toBeLessThan(HEIGHT_PIXELS_MAX);
    before = lines;
  }
  expect(isPast(before, wanted, pixels)).toBe(true);
}

const quote = (text: string) =>
  mina.page
    .getByRole('article')
    .filter({ hasText: text })
    .getByRole('button', { name: /line \d+/ })
    .first();
// Of a line that is jumped to the one behind: the quote of it says the same.
const toEnd = () => mina.page.getByRole('button', { name: 'To the newest message' }).click();
const bubble = (text: string) => mina.page.getByRole('article').filter({ hasText: text });

browserTest('a room of very many messages is opened, and jumped into at its beginning', async () => {
  const { page } = mina;
  await page.goto(`${town.url}/#/room/${room}`);
  await quote('about the first').waitFor();
  expect(await page.getByRole('article').count()).toBeLessThan(ARTICLES_MAX);
  await quote('about the first').click();
  await bubble('line 1 what').waitFor();
  await scrollTo(page, 100, STEP_PIXELS);
  await scrollTo(page, 0, -STEP_PIXELS);
  await toEnd();
  expect(town.complaints).toEqual([]);
});

browserTest('from its middle it is scrolled both ways, past what is kept', async () => {
  const { page } = mina;
  await quote('about the middle').click();
  await bubble(`line ${MIDDLE + 1} what`).waitFor();
  await scrollTo(page, MIDDLE + SCROLLED_LINES, STEP_PIXELS);
  await scrollTo(page, MIDDLE - 100, -STEP_PIXELS);
  await toEnd();
  await quote('about the middle').waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('who writes far from its end comes there', async () => {
  const { page } = mina;
  await quote('about the first').click();
  await bubble('line 1 what').waitFor();
  await say(mina, 'from the beginning');
  await bubble('from the beginning').waitFor();
  // What is at the end is freed, too, and there when it is asked for.
  await scrollTo(page, LINES - SCROLLED_LINES, -STEP_PIXELS);
  await say(mina, 'from far away');
  await bubble('from far away').waitFor();
  // What is written next is begun before the way to the end is over.
  await quote('about the first').click();
  await bubble('line 1 what').waitFor();
  await field(page).fill('from there again');
  await field(page).evaluate((area: HTMLTextAreaElement) => {
    area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    area.value = 'and what is next';
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await bubble('from there again')
    .getByLabel(/^(Sent|Delivered|Read)$/)
    .waitFor();
  await holds(page, 'and what is next');
  await page.reload();
  await holds(page, 'and what is next');
  expect(town.complaints).toEqual([]);
});
