import { afterAll, beforeAll, expect } from 'bun:test';
import { createApi, createClient, type MaruClient, MemoryStore, systemEnvironment } from '@maru/client';
import type { RoomId, Seq } from '@maru/protocol';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { isStill, scrollUntil } from './scrolling.ts';
import { type Person, PHONE, say, Town } from './town.ts';

const START_MS_MAX = 120_000;
/** More than the app loads at a time. */
const MESSAGES = 400;

let town: Town;
let mina: Person;
let bot: MaruClient;
let room: RoomId;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  mina = await town.signUp('mina', PHONE);
  bot = await signUpBot(town.url);
  const { user } = await bot.findPerson('mina');
  ({ room } = await bot.commands.openDirect(user));
  const sendings = [];
  for (let n = 1; n <= MESSAGES; n++) sendings.push(await bot.commands.send(room, `message ${n}`));
  await Promise.all(sendings.map((sending) => sending.outcome()));
}, START_MS_MAX);
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});

async function signUpBot(baseUrl: string): Promise<MaruClient> {
  const { http } = systemEnvironment();
  const body = { handle: 'bot', name: 'Bot', password: 'correct horse', device: { name: 'bot' } };
  const signedIn = await createApi({ baseUrl, http }).signUp({ body });
  return createClient({ baseUrl, store: new MemoryStore(), signedIn });
}

const article = (page: Page, n: number) =>
  page.getByRole('article').filter({ hasText: new RegExp(`^message ${n} `) });
const scroll = (page: Page, pixels: number) =>
  page.getByRole('log').evaluate((log, by) => log.scrollBy({ top: by }), pixels);

browserTest(
  'a conversation with much that is new opens where that begins, and goes on both ways',
  async () => {
    const { page } = mina;
    await page.getByRole('link', { name: /Requests/ }).click();
    await page.getByRole('link', { name: /Bot/ }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('New messages').waitFor();
    // Everything is new, so it begins with the first message.
    await article(page, 1).waitFor();
    expect(await page.getByRole('article').count()).toBeLessThan(80);
    // Down to the end, page by page.
    await scrollUntil(page, article(page, MESSAGES), 0.8);
    // What the server knows to be read is stored: a reload begins behind it.
    await bot.open(room);
    await bot.until(
      () => bot.room(room)?.messages.findLast(({ kind }) => kind === 'message')?.state === 'read',
    );
    expect(await page.getByRole('article').count()).toBeLessThan(80);
    expect(town.complaints).toEqual([]);
  },
);

browserTest('older messages come above without moving what is read, and one button leads back', async () => {
  const { page } = mina;
  await page.reload();
  await page
    .getByRole('link', { name: /Bot/ })
    .or(page.getByRole('heading', { name: 'Bot' }))
    .first()
    .waitFor();
  await article(page, MESSAGES).waitFor();
  await isStill(page);
  // A message in the middle of the view stays there while older ones are put in before it.
  for (let turns = 0; turns < 12; turns++) {
    await scroll(page, -700);
    const [key, top] = await placeInView(page);
    await Bun.sleep(150);
    const after = await topOf(page, key);
    if (after !== undefined) expect(Math.abs(after - top)).toBeLessThanOrEqual(2);
  }
  expect(await article(page, MESSAGES).count()).toBe(0);
  await say({ page }, 'and now me');
  await page.getByRole('article').filter({ hasText: 'and now me' }).waitFor();
  await isStill(page);
  await scroll(page, -4_000);
  await page.getByRole('button', { name: 'To the newest message' }).click();
  await page.getByRole('article').filter({ hasText: 'and now me' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('a text of 100,000 characters is folded, and shown whole when it is asked for', async () => {
  const { page } = mina;
  const long = `${'가나다라 마바사 '.repeat(11_000)}`.slice(0, 99_990).trim();
  const sending = await bot.commands.send(room, long);
  expect(await sending.outcome()).toMatchObject({ kind: 'accepted' });
  await page.getByRole('button', { name: /^Show all [\d,]+ characters$/ }).click();
  await page.waitForFunction(
    (length) =>
      [...document.querySelectorAll('article')].some((one) => (one.textContent?.length ?? 0) >= length),
    long.length - 200,
  );
  expect(town.complaints).toEqual([]);
});

browserTest('much that is new opens at its first message, below what was read before', async () => {
  const { page } = mina;
  await page.goto(`${town.url}/#/`);
  const row = page.getByRole('link', { name: /Bot/ });
  await row.waitFor();
  const sendings = [];
  for (let n = 1; n <= MESSAGES; n++) sendings.push(await bot.commands.send(room, `since then ${n}`));
  await Promise.all(sendings.map((sending) => sending.outcome()));
  await row.getByText(`${MESSAGES} unread messages`).waitFor();
  await row.click();
  const first = page.getByRole('article').filter({ hasText: /^since then 1 / });
  await first.waitFor();
  await isStill(page);
  const [line, firstTop, view] = [
    await page.getByText('New messages').boundingBox(),
    await first.boundingBox(),
    await page.getByRole('log').boundingBox(),
  ];
  if (line === null || firstTop === null || view === null) throw new Error('it is not in the page');
  expect(line.y).toBeGreaterThanOrEqual(view.y);
  expect(firstTop.y).toBeGreaterThan(line.y);
  expect(firstTop.y + firstTop.height).toBeLessThan(view.y + view.height);
  // What was said last of what had been read stands above, and the end is one press away.
  await page.getByRole('button', { name: /^Show all/ }).waitFor();
  const last = page.getByRole('article').filter({ hasText: `since then ${MESSAGES} ` });
  expect(await last.count()).toBe(0);
  await page.getByRole('button', { name: 'To the newest message' }).click();
  await last.waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('what can’t be shown without the server says so', async () => {
  await bot.commands.pin(room, 5 as Seq);
  // Another device has the end of the conversation alone, and what is pinned by its words.
  const other = await town.visit(PHONE);
  await other.getByRole('button', { name: 'Log in' }).click();
  await other.getByLabel('Handle').fill('mina');
  await other.getByLabel('Password').fill('correct horse');
  await other.locator('form').getByRole('button', { name: 'Log in' }).click();
  await other.getByRole('link', { name: /Bot/ }).click();
  const pin = other.getByRole('button', { name: /^Pinned/ });
  await pin.filter({ hasText: /message \d/ }).waitFor();
  await town.killServer();
  await pin.click();
  await other.getByRole('alert').filter({ hasText: 'The server can’t be reached' }).waitFor();
  expect(town.complaints).toEqual([]);
});

/** A message in the middle of the view, and where it stands; it may come a frame after the list was scrolled. */
async function placeInView(page: Page): Promise<[string, number]> {
  const place = await page.waitForFunction(() => {
    const log = document.querySelector('[role=log]');
    const { top = 0, height = 0 } = log?.getBoundingClientRect() ?? {};
    for (const one of log?.querySelectorAll<HTMLElement>('article') ?? []) {
      const at = one.getBoundingClientRect().top;
      if (at > top + height / 3 && at < top + height) return [one.dataset.seq ?? '', at] as [string, number];
    }
    return undefined;
  });
  return (await place.jsonValue()) as [string, number];
}

function topOf(page: Page, seq: string): Promise<number | undefined> {
  return page
    .getByRole('log')
    .evaluate(
      (log, wanted) => log.querySelector(`article[data-seq="${wanted}"]`)?.getBoundingClientRect().top,
      seq,
    );
}
