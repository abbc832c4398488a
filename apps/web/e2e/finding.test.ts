import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import { createApi, createClient, type MaruClient, MemoryStore, systemEnvironment } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { type Person, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);
/** More than the app loads at a time. */
const MESSAGES = 240;

let town: Town;
let me: Person;
let bot: MaruClient;
let room: RoomId;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  me = await town.signUp('finder');
  const { http } = systemEnvironment();
  const body = { handle: 'bot', name: 'Bot', password: 'correct horse', device: { name: 'bot' } };
  const signedIn = await createApi({ baseUrl: town.url, http }).signUp({ body });
  bot = await createClient({ baseUrl: town.url, store: new MemoryStore(), signedIn });
  const { user } = await bot.findPerson('finder');
  ({ room } = await bot.commands.createGroup('Long hall', [user]));
  const sendings = [];
  for (let n = 1; n <= MESSAGES; n++) {
    const text = n === 7 ? '열쇠는 화분 밑에 있어요' : `line ${n}`;
    const mention = { type: 'mention', offset: 0, length: 7, user } as const;
    const more = n === 60 || n === 120 ? { entities: [mention] } : {};
    sendings.push(await bot.commands.send(room, n === 60 || n === 120 ? `@finder ${n}` : text, more));
  }
  await Promise.all(sendings.map((sending) => sending.outcome()));
}, START_MS_MAX);
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});
beforeEach(() => town.complaints.splice(0));

const article = (page: Page, text: string) =>
  page.getByRole('article').filter({ hasText: new RegExp(`${text}(?!\\d)`) });

/** Whether somebody sees it, and not only the page has it. */
async function isInView(page: Page, text: string): Promise<void> {
  await article(page, text).first().waitFor();
  await page.waitForFunction((wanted) => {
    const found = [...document.querySelectorAll('article')].find((one) => one.textContent?.includes(wanted));
    const { top = 0, bottom = 0 } = found?.getBoundingClientRect() ?? {};
    return bottom > 60 && top < innerHeight;
  }, text);
}

browserTest('a button leads to what names the user, one after the other, and is gone then', async () => {
  const { page } = me;
  const row = page.getByRole('link', { name: /Long hall/ });
  // Who opens it before all of them are here has nothing new in it then.
  await row.getByText(`${MESSAGES} unread messages`).waitFor();
  await row.click();
  await page.getByText('New messages').waitFor();
  const next = page.getByRole('button', { name: 'To the next message that mentions you' });
  await next.getByText('2 messages mention you').waitFor();
  await next.click();
  await isInView(page, '@finder 60');
  await next.getByText('1 message mentions you').waitFor();
  await next.click();
  await isInView(page, '@finder 120');
  await next.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'To the newest message' }).click();
  await isInView(page, `line ${MESSAGES}`);
  expect(town.complaints).toEqual([]);
});

browserTest(
  'what was said long ago is found and jumped to, in a tab without the connection, too',
  async () => {
    const { page } = me;
    await isInView(page, `line ${MESSAGES}`);
    const tab = await town.openTab(page.context(), '#/');
    await tab.getByRole('link', { name: /Long hall/ }).waitFor();
    for (const one of [tab, page]) {
      await one.goto(`${town.url}/#/`);
      await one.getByRole('heading', { name: 'Nothing is open' }).waitFor();
      await one.keyboard.press('Control+k');
      const field = one.getByRole('combobox', { name: /^Search/ });
      await field.fill('화분');
      await one.getByRole('option', { name: /화분 밑에/ }).waitFor();
      await one.getByText(/back to: Today/).waitFor();
      await field.press('Enter');
      await isInView(one, '열쇠는 화분 밑에 있어요');
      expect(await article(one, `line ${MESSAGES}`).count()).toBe(0);
      await one.getByRole('button', { name: 'To the newest message' }).click();
      await isInView(one, `line ${MESSAGES}`);
    }
    // Conversations and people, each under their own heading.
    await tab.keyboard.press('Control+k');
    const field = tab.getByRole('combobox', { name: /^Search/ });
    await field.fill('hall');
    await tab.getByText('Conversations', { exact: true }).waitFor();
    await tab.getByRole('option', { name: /Long hall/ }).waitFor();
    await field.fill('bot');
    await tab.getByText('People', { exact: true }).waitFor();
    await tab.getByRole('option', { name: /Bot/ }).first().click();
    await tab.getByRole('heading', { name: 'Bot' }).waitFor();
    await tab.close();
    expect(town.complaints).toEqual([]);
  },
);

browserTest(
  'what is unread stands in the title of all tabs, and goes from all when one reads it',
  async () => {
    const { page } = me;
    await page.goto(`${town.url}/#/`);
    const tab = await town.openTab(page.context(), '#/');
    await tab.getByRole('link', { name: /Long hall/ }).waitFor();
    for (const one of [page, tab]) await one.waitForFunction(() => document.title === 'Maru');
    await bot.commands.send(room, 'anybody there?');
    const badge = (one: Page) => one.getByRole('link', { name: /Long hall/ }).getByText('1 unread message');
    for (const one of [page, tab]) {
      await badge(one).waitFor();
      await one.waitForFunction(() => document.title.startsWith('(1)'));
    }
    await tab.bringToFront();
    await tab.getByRole('link', { name: /Long hall/ }).click();
    await isInView(tab, 'anybody there?');
    for (const one of [page, tab]) {
      await badge(one).waitFor({ state: 'detached' });
      await one.waitForFunction(() => document.title === 'Maru');
    }
    // What one tab keeps shows in the other.
    await tab
      .getByRole('link', { name: /Long hall/ })
      .first()
      .click({ button: 'right' });
    await tab.getByRole('menuitem', { name: 'Pin to the top' }).click();
    await page
      .getByRole('link', { name: /Long hall/ })
      .getByLabel('Pinned')
      .waitFor();
    await say({ page: tab }, 'here');
    await page.getByRole('link', { name: /Long hall.*You: here/ }).waitFor();
    expect(town.complaints).toEqual([]);
  },
);
