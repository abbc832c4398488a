import { afterAll, beforeAll, expect } from 'bun:test';
import { becomes } from './becomes.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, say, Town } from './town.ts';

const START_MS_MAX = 120_000;

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());

browserTest('where one pane fails, the others go on', async () => {
  await town.signUp('mina');
  // A file that does not come is what a fault in it is, and can be made in the built app.
  const jun = await town.signUp(
    'jun',
    { ...DESKTOP, serviceWorkers: 'block' },
    '#/with/mina',
    async (context) => {
      await context.route(/\/assets\/details-pane-[^/]+\.js$/, (route) => route.abort());
    },
  );
  const { page } = jun;
  await say(jun, 'before it');
  await page.locator('[role=main] a[href^="#/details/"]').click();
  await page.getByRole('heading', { name: 'Something went wrong' }).waitFor();
  const list = page.getByRole('navigation', { name: 'Chats' });
  await list.getByRole('link', { name: /mina/ }).waitFor();
  await say(jun, 'beside it');
  await page.getByRole('article').filter({ hasText: 'beside it' }).waitFor();
  await page.getByRole('button', { name: 'Chats', exact: true }).click();
  await page.getByRole('heading', { name: 'Something went wrong' }).waitFor({ state: 'detached' });
  await list.getByRole('link', { name: /mina/ }).click();
  await page.getByRole('article').filter({ hasText: 'before it' }).waitFor();
  expect(new URL(page.url()).hash).toMatch(/^#\/room\//);
});

browserTest('what could not be fetched ahead is fetched when it is wanted', async () => {
  await town.signUp('ahead.b');
  let isThere = false;
  const [refused, given] = [new Set<string>(), new Set<string>()];
  const { page } = await town.signUp(
    'ahead.a',
    { ...DESKTOP, serviceWorkers: 'block' },
    '#/with/ahead.b',
    async (context) => {
      // As of a server that is not there for a moment.
      await context.route(/\/assets\/(details-pane|index-keeper)-[^/]+\.js$/, (route) => {
        const [, part = ''] = /\/assets\/([a-z-]+)-/.exec(route.request().url()) ?? [];
        (isThere ? given : refused).add(part);
        return isThere ? route.continue() : route.abort();
      });
    },
  );
  town.complaints.splice(0);
  const parts = ['details-pane', 'index-keeper'];
  await becomes(() => [...refused].sort(), parts);
  isThere = true;
  await page.locator('[role=main] a[href^="#/details/"]').click();
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
  // Nobody asks for the index: it is asked for again by itself.
  await becomes(() => [...given].sort(), parts);
  expect(town.complaints).toEqual([]);
});
