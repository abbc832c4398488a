import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { isStored } from './stored.ts';
import { DESKTOP, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

const findable = (page: Page) => page.getByRole('switch', { name: /Found by my handle/ });
const presence = (page: Page) => page.getByRole('switch', { name: /Show when I am here/ });

async function isOn(locator: ReturnType<typeof findable>, on: boolean): Promise<void> {
  const page = locator.page();
  const handle = await locator.elementHandle();
  await page.waitForFunction(([box, wanted]) => (box as HTMLInputElement).checked === wanted, [
    handle,
    on,
  ] as const);
}

async function logIn(page: Page, handle: string): Promise<void> {
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByLabel('Handle').fill(handle);
  await page.getByLabel('Password').fill('correct horse');
  await page.locator('form button[type=submit]').click();
}

browserTest('settings of the account change at once, on all devices and in all tabs', async () => {
  const { page } = await town.signUp('live.a', DESKTOP, '#/settings/privacy');
  await page.goto(`${town.url}/#/settings/privacy`);
  await isOn(findable(page), true);
  // A second tab of the browser, which has no connection of its own.
  const tab = await town.openTab(page.context(), '#/settings/privacy');
  await isOn(findable(tab), true);
  const other = await town.visit();
  await logIn(other, 'live.a');
  await other.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  await other.goto(`${town.url}/#/settings/privacy`);
  await isOn(findable(other), true);

  await other.getByText('Found by my handle').click();
  for (const each of [other, page, tab]) await isOn(findable(each), false);

  // Two at once, in the tab without the connection: neither overwrites the other.
  await tab.evaluate(() => {
    const boxes = document.querySelectorAll<HTMLInputElement>('[role=main] [role=switch]');
    for (const box of boxes) box.click();
  });
  for (const each of [tab, page, other]) {
    await isOn(findable(each), true);
    await isOn(presence(each), false);
  }
  expect(town.complaints).toEqual([]);
});

browserTest('a setting that was changed right before the page is closed is not lost', async () => {
  const { page } = await town.signUp('last.a');
  await page.goto(`${town.url}/#/settings/privacy`);
  await isOn(presence(page), true);
  await page.context().setOffline(true);
  await page.getByText('Show when I am here').click();
  await isOn(presence(page), false);
  await isStored(page, '"hidePresence":true');
  const context = page.context();
  await page.close();
  await context.setOffline(false);
  const again = await town.openTab(context, '#/settings/privacy');
  await isOn(presence(again), false);
  const other = await town.visit();
  await logIn(other, 'last.a');
  await other.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  await other.goto(`${town.url}/#/settings/privacy`);
  await isOn(presence(other), false);
  expect(town.complaints).toEqual([]);
});

browserTest('the way to the server is chosen for this browser, and takes effect at once', async () => {
  await town.signUp('way.b');
  const a = await town.signUp('way.a', DESKTOP, '#/with/way.b');
  const { page } = a;
  await say(a, 'by socket');
  const sockets: string[] = [];
  const polls: string[] = [];
  const watch = (one: Page) => {
    one.on('websocket', (socket) => sockets.push(socket.url()));
    one.on('request', (request) => {
      if (new URL(request.url()).pathname.endsWith('/v1/poll')) polls.push(request.method());
    });
  };
  watch(page);
  await page.goto(`${town.url}/#/settings/connection`);
  const by = (name: string) =>
    page.getByRole('main').getByText(name, { exact: true }).and(page.locator('span'));
  await by('WebSocket').waitFor();
  await by(new URL(town.url).host).waitFor();
  await page.getByText(/^\d+ ms$/).waitFor();

  await page.getByLabel('Connect by').selectOption('long-poll');
  await by('Long polls').waitFor();
  await by('Connected').waitFor();
  expect(polls.length).toBeGreaterThan(0);
  expect(sockets).toEqual([]);
  await page.goto(`${town.url}/#/with/way.b`);
  await say(a, 'by polls');
  await page
    .getByRole('article')
    .filter({ hasText: 'by polls' })
    .getByLabel(/^(Sent|Delivered)$/)
    .waitFor();

  // It is kept, and holds for a tab that chooses while another one has the connection.
  await page.reload();
  await page.goto(`${town.url}/#/settings/connection`);
  await by('Long polls').waitFor();
  expect(sockets).toEqual([]);
  const tab = await town.openTab(page.context(), '#/settings/connection');
  watch(tab);
  await tab.getByLabel('Connect by').selectOption('poll');
  await by('Polls').waitFor();
  await tab.locator('[role=main] span').getByText('Polls', { exact: true }).waitFor();
  await tab.getByLabel('Connect by').selectOption('auto');
  await by('WebSocket').waitFor();
  await by('Connected').waitFor();
  // Of whichever tab has the connection by now: a slow one is taken over from.
  expect(sockets).not.toEqual([]);
  expect(town.complaints).toEqual([]);
});
