import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import { createApi, createClient, MemoryStore, systemEnvironment } from '@maru/client';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { bubble, DESKTOP, meet, PHONE, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);

/** One pixel. */
const DOT_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==';

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

async function menu(page: Page, text: string, item: string): Promise<void> {
  await bubble(page, text).getByText(text).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

browserTest('what is starred is listed, found again on another device, and let go', async () => {
  await town.signUp('star.b');
  const me = await town.signUp('star.a', DESKTOP, '#/with/star.b');
  const { page } = me;
  await page.getByRole('heading', { name: 'star.b' }).waitFor();
  await say(me, 'the key is under the mat');
  await menu(page, 'under the mat', 'Star');
  await bubble(page, 'under the mat').getByLabel('Starred').waitFor();
  for (let n = 1; n <= 40; n++) await say(me, `line ${n}\n\n\n`);
  await bubble(page, 'line 40').waitFor();

  // A device that has never seen the beginning asks for it.
  const phone = await town.visit(PHONE, '#/starred');
  await phone.getByRole('button', { name: 'Log in' }).click();
  await phone.getByLabel('Handle').fill('star.a');
  await phone.getByLabel('Password').fill('correct horse');
  await phone.locator('form button[type=submit]').click();
  await phone
    .getByRole('region', { name: 'star.b' })
    .getByRole('button', { name: /under the mat/ })
    .click();
  await bubble(phone, 'under the mat').getByText('under the mat').waitFor();
  expect(await bubble(phone, 'line 40').count()).toBe(0);

  await page.getByRole('button', { name: 'What to do with this conversation' }).click();
  await page.getByRole('menuitem', { name: 'Starred messages' }).click();
  await page.getByRole('button', { name: 'Take the star off' }).click();
  await page.getByRole('heading', { name: 'Nothing is starred' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /under the mat/ }).waitFor();
  await page.getByRole('button', { name: 'Take the star off' }).click();
  await page.getByRole('heading', { name: 'Nothing is starred' }).waitFor();
  await phone.goto(`${town.url}/#/starred`);
  await phone.getByRole('heading', { name: 'Nothing is starred' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('what somebody blocked says in a group is folded wherever it stands', async () => {
  const b = await town.signUp('fold.b');
  const c = await town.signUp('fold.c');
  const a = await town.signUp('fold.a');
  const { page } = a;
  await page.goto(`${town.url}/#/new`);
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel('Name of the group').fill('Folds');
  for (const handle of ['fold.b', 'fold.c']) {
    await page.getByLabel('Find somebody by handle').fill(handle);
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.getByRole('list', { name: 'In the group' }).getByText(handle).first().waitFor();
  }
  await page.getByRole('button', { name: 'Make the group with 2 people' }).click();
  await page.getByRole('heading', { name: 'Folds' }).waitFor();
  for (const { page: other } of [b, c]) await other.getByRole('link', { name: /Folds/ }).click();
  await say(b, 'shouting all day');
  await bubble(c.page, 'shouting all day').waitFor();
  await menu(c.page, 'shouting all day', 'Reply');
  await say(c, 'please stop');
  await bubble(page, 'please stop').waitFor();
  await menu(page, 'shouting all day', 'Pin');
  await page.getByRole('button', { name: /^Pinned/ }).waitFor();

  await meet({ page }, '#/with/fold.b');
  await page.getByRole('heading', { name: 'fold.b' }).waitFor();
  await page.getByRole('button', { name: 'What to do with this conversation' }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByText('You block them: neither hears of the other.').waitFor();

  await page.goto(`${town.url}/#/`);
  await page.getByRole('link', { name: /Folds/ }).click();
  await bubble(page, 'please stop').waitFor();
  const folded = 'Message from somebody you blocked';
  const conversation = page.getByRole('log', { name: 'Messages' });
  expect(await conversation.getByText('shouting all day').count()).toBe(0);
  await page.getByRole('button', { name: new RegExp(`Pinned.*${folded}`) }).waitFor();
  // In the quote, then the message itself.
  const quote = bubble(page, 'please stop').getByRole('button', { name: `${folded} · Show` });
  await quote.click();
  await bubble(page, 'please stop').getByText('shouting all day').waitFor();
  await conversation.getByRole('button', { name: `${folded} · Show` }).click();
  await conversation.getByText('shouting all day').nth(1).waitFor();
  await page.getByRole('button', { name: 'All pinned messages' }).click();
  const pins = page.getByRole('dialog', { name: 'Pinned messages' });
  await pins.getByRole('button', { name: `${folded} · Show` }).click();
  await pins.getByRole('button', { name: /shouting all day/ }).waitFor();
  await pins.getByRole('button', { name: 'Close' }).click();
  // In the list of conversations.
  await page.goto(`${town.url}/#/`);
  await say(b, 'and all night');
  await page.getByRole('link', { name: new RegExp(`Folds.*${folded}`) }).waitFor();
  expect(await page.getByText('and all night').count()).toBe(0);
  expect(town.complaints).toEqual([]);
});

browserTest('the picture of a stranger is not loaded before the user asks for it', async () => {
  const a = await town.signUp('unasked.a');
  const { page } = a;
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/avatars/')) asked.push(request.url());
  });
  const { http } = systemEnvironment();
  const body = { handle: 'stranger', name: 'Stranger', password: 'correct horse', device: { name: 'bot' } };
  const signedIn = await createApi({ baseUrl: town.url, http }).signUp({ body });
  await using stranger = await createClient({ baseUrl: town.url, store: new MemoryStore(), signedIn });
  await stranger.setAvatar(new Uint8Array(Buffer.from(DOT_PNG, 'base64')));
  const { user } = await stranger.findPerson('unasked.a');
  const { room } = await stranger.commands.openDirect(user);
  await (await stranger.commands.send(room, 'look at me')).outcome();

  await page.getByRole('link', { name: /Requests/ }).click();
  await page.getByRole('link', { name: /Stranger/ }).click();
  await page.getByRole('article').filter({ hasText: 'look at me' }).waitFor();
  await page.locator('[role=main] a[href^="#/details/"]').click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('button', { name: /^Show their picture/ }).waitFor();
  expect(asked).toEqual([]);
  const isAsked = page.waitForRequest(/\/v1\/avatars\//);
  await details.getByRole('button', { name: /^Show their picture/ }).click();
  await details.locator('img[src^="/v1/avatars/"]').waitFor();
  await isAsked;
  expect(asked).not.toEqual([]);
  await details.getByRole('button', { name: 'Accept' }).click();
  await page.locator('[role=main] a[href^="#/details/"] img[src^="/v1/avatars/"]').waitFor();
  expect(town.complaints).toEqual([]);
});
