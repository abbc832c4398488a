import { afterAll, beforeAll, beforeEach, expect } from 'bun:test';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { shareAsSystem } from './share-as-system.ts';
import { bubble, DESKTOP, field, holds, type Person, PHONE, say, Town } from './town.ts';

const START_MS_MAX = 120_000;

let town: Town;
let mina: Person;
let jun: Person;
const asked: string[] = [];
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  mina = await town.signUp('mina');
  jun = await town.signUp('jun', PHONE, '#/with/mina', async (context) => {
    context.on('request', (request) => asked.push(request.url()));
    await context.addInitScript(() => {
      // What is on the icon can't be seen from a page: what it is asked to show is kept.
      const shown: number[] = [];
      Object.assign(globalThis, { shownOnIcon: shown });
      const keep = (count = 0) => {
        shown.push(count);
        return Promise.resolve();
      };
      Object.assign(Navigator.prototype, { setAppBadge: keep, clearAppBadge: keep });
    });
  });
  await say(jun, 'hello');
  await mina.page.goto(`${town.url}/#/with/jun`);
  await mina.page.getByRole('button', { name: 'Accept' }).click();
  await say(mina, 'hello jun');
  await bubble(jun.page, 'hello jun').waitFor();
  for (const { page } of [mina, jun])
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

/** Makes another version of a built app: its page says so, and its service worker knows. */
function asNextVersion(folder: string): void {
  change(folder, 'index.html', (page) => page.replace('<html lang', '<html data-build="next" lang'));
  change(folder, 'sw.js', (worker) => worker.replace(/(`\/index\.html`,revision:`)\w+/, '$1next'));
}

function change(folder: string, name: string, changed: (text: string) => string): void {
  const file = path.join(folder, name);
  const before = readFileSync(file, 'utf8');
  const after = changed(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  // As they lie beside it packed.
  for (const end of ['.br', '.gz', '.zst']) rmSync(file + end, { force: true });
}

async function share(page: Page, parts: Readonly<Record<string, string>>): Promise<void> {
  await shareAsSystem(page, parts);
  await page.getByRole('heading', { name: 'Share' }).waitFor();
}

browserTest('Chromium finds nothing that keeps the app from being installed', async () => {
  const devtools = await jun.page.context().newCDPSession(jun.page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // In tests every window is a private one, in which nothing can be installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
});

browserTest(
  'what another app shares becomes a draft where the user wants it, and stands in no address',
  async () => {
    const { page } = jun;
    await page.goto(`${town.url}/#/with/mina`);
    // What was just written is stored a moment later.
    for (let turns = 0; turns < 20 && (await field(page).inputValue()) !== 'begun'; turns++) {
      await field(page).fill('begun');
      await page.waitForTimeout(500);
      await page.reload();
      await bubble(page, 'hello jun').waitFor();
    }
    asked.splice(0);
    await share(page, {
      title: 'A secret page',
      text: 'privately 몰래',
      url: 'https://example.org/secret?x=1',
    });
    await page.getByText('A secret page').first().waitFor();
    // It waits, also when the page is loaded again.
    await page.reload();
    await page.getByText('A secret page').first().waitFor();
    await page.getByRole('list', { name: 'Share' }).getByRole('button', { name: 'mina' }).click();
    await bubble(page, 'hello jun').waitFor();
    await holds(page, 'begun\nA secret page\nprivately 몰래\nhttps://example.org/secret?x=1');
    expect(await bubble(mina.page, 'A secret page').count()).toBe(0);
    await page.getByRole('button', { name: 'Send' }).click();
    await bubble(mina.page, 'A secret page').waitFor();
    await page.goto(`${town.url}/#/share`);
    await page.getByText('Nothing to share').waitFor();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((url) => /secret|private/i.test(url))).toEqual([]);
    expect(town.complaints).toEqual([]);
  },
);

browserTest('the icon and the title say how many messages are unread', async () => {
  const { page } = jun;
  // The icon is written to a moment later than the title.
  const onIcon = (count: number) =>
    page.waitForFunction(
      (wanted) => (globalThis as unknown as { readonly shownOnIcon: number[] }).shownOnIcon.at(-1) === wanted,
      count,
    );
  await page.goto(`${town.url}/#/`);
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
  await say(mina, 'something unread');
  await page.waitForFunction(() => document.title === '(1) Maru');
  await onIcon(1);
  await say(mina, 'and one more');
  await page.waitForFunction(() => document.title === '(2) Maru');
  await onIcon(2);
  await page.getByRole('link', { name: /mina/ }).click();
  await bubble(page, 'something unread').waitFor();
  await page.waitForFunction(() => document.title === 'Maru');
  await onIcon(0);
  // Who wants none has none.
  await page.goto(`${town.url}/#/settings/notifications`);
  await page.getByText('Badge', { exact: true }).click();
  await page.goto(`${town.url}/#/`);
  await say(mina, 'something more');
  await page.getByRole('link', { name: /something more/ }).waitFor();
  expect(await page.title()).toBe('Maru');
  await onIcon(0);
  expect(town.complaints).toEqual([]);
});

browserTest(
  'a new version is offered, never in the middle of typing, and what was written is still there',
  async () => {
    const { page } = await town.signUp('typist', DESKTOP, '#/with/mina');
    await field(page).waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await field(page).pressSequentially('I am in the middle of ');
    const before = await page.evaluate(() => performance.timeOrigin);

    await town.serveChanged(asNextVersion);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByText('A new version of Maru is here.').waitFor();
    // Whoever types goes on: the focus is where it was, and the page is the same.
    await page.keyboard.type('something');
    expect(await field(page).inputValue()).toBe('I am in the middle of something');
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(before);
    expect(await page.locator('html').getAttribute('data-build')).toBeNull();

    await page.getByRole('button', { name: 'Load it' }).click();
    await page.waitForFunction(() => document.documentElement.dataset.build === 'next');
    await holds(page, 'I am in the middle of something');
    expect(await page.getByText('A new version of Maru is here.').count()).toBe(0);
    expect(town.complaints).toEqual([]);
  },
);
