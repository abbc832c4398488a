import { afterAll, beforeAll, expect } from 'bun:test';
import type { Page } from 'playwright-core';
import { becomes } from './becomes.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { isStored } from './stored.ts';
import { bubble, field, type Person, PHONE, say, Town } from './town.ts';

const START_MS_MAX = 120_000;

let town: Town;
let mina: Person;
let jun: Person;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  [mina, jun] = await town.signUpTwo(['are you there?'], PHONE);
  await say(mina, 'I am');
  await bubble(jun.page, 'I am').waitFor();
  // From here on it needs no server for its own files.
  for (const { page } of [mina, jun])
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());

const offline = (page: Page) => page.getByRole('status').getByText('Offline').locator('visible=true');

browserTest(
  'what is written, edited and reacted with without a server goes out later, in order',
  async () => {
    const { page } = mina;
    await town.killServer();
    await offline(page).waitFor();
    for (const n of [1, 2, 3]) await say(mina, `from the tunnel ${n}`);
    await bubble(page, 'from the tunnel 3').getByLabel('On its way').waitFor();
    await bubble(page, 'are you there?').click({ button: 'right', position: { x: 30, y: 12 } });
    await page.getByRole('menuitem', { name: 'React with 👍' }).click();
    await bubble(page, 'I am').getByText('I am').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await field(page).fill('I am, nearly');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await bubble(jun.page, 'tunnel').count()).toBe(0);

    await town.restartServer();
    await bubble(jun.page, 'from the tunnel 3').waitFor();
    const order = await bubble(jun.page, 'from the tunnel').allTextContents();
    expect(order.map((text) => /tunnel (\d)/.exec(text)?.[1])).toEqual(['1', '2', '3']);
    await bubble(jun.page, 'are you there?').getByRole('button', { name: '👍 1' }).waitFor();
    await bubble(jun.page, 'I am, nearly').getByText('edited').waitFor();
    await offline(page).waitFor({ state: 'detached' });
    expect(town.complaints).toEqual([]);
  },
);

browserTest('a server that dies while somebody types and sends loses nothing', async () => {
  const { page } = jun;
  await say(jun, 'before');
  await field(page).pressSequentially('half of ');
  await town.killServer();
  await field(page).pressSequentially('a sentence');
  await page.getByRole('button', { name: 'Send' }).click();
  await field(page).pressSequentially('and the next');
  await offline(page).waitFor();
  await town.restartServer();
  await bubble(mina.page, 'half of a sentence').waitFor();
  expect(await field(page).inputValue()).toBe('and the next');
  await page.keyboard.press('Enter');
  await bubble(mina.page, 'and the next').waitFor();
  expect(await bubble(mina.page, 'half of a sentence').count()).toBe(1);
  expect(town.complaints).toEqual([]);
});

browserTest('two tabs show the same, and what a tab has said is sent when it is killed', async () => {
  const context = jun.page.context();
  const other = await town.openTab(context, new URL(jun.page.url()).hash);
  await bubble(other, 'and the next').waitFor();
  await say({ page: other }, 'from the other tab');
  await bubble(jun.page, 'from the other tab').waitFor();
  await bubble(mina.page, 'from the other tab').waitFor();
  await town.killServer();
  await say({ page: other }, 'last words');
  await bubble(jun.page, 'last words').waitFor();
  // The list says it, too, and that it waits.
  const row = jun.page.locator('a[data-room]').filter({ hasText: 'You: last words' });
  await row.getByLabel('On its way').waitFor();
  await other.close({ runBeforeUnload: false });
  await town.restartServer();
  await bubble(mina.page, 'last words').waitFor();
  await row.getByLabel('On its way').waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});

browserTest('the app opens without a network, with what it knows, and says so', async () => {
  const { page } = mina;
  // What came is stored a moment later; before something of one's own is sent, all of it is.
  await say(mina, 'I heard them');
  await bubble(jun.page, 'I heard them').waitFor();
  await town.killServer();
  await page.reload();
  await bubble(page, 'last words').waitFor();
  await offline(page).waitFor();
  await say(mina, 'written before there was a server');
  await isStored(page, 'written before there was a server');
  await page.reload();
  await bubble(page, 'written before there was a server').waitFor();
  await town.restartServer();
  await bubble(jun.page, 'written before there was a server').waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest(
  'what is read and who is blocked without a server is so later, on other devices, too',
  async () => {
    const { page } = mina;
    await page.goto(`${town.url}/#/`);
    await say(jun, 'read this in the tunnel');
    const row = page.getByRole('link', { name: /jun/ });
    await row.getByText('1 unread message').waitFor();
    await town.killServer();
    await row.click();
    await bubble(page, 'read this in the tunnel').waitFor();
    // It counts as read once it was in sight.
    await becomes(() => page.title(), 'Maru');
    const stranger = page.locator('[role=main] a[href^="#/details/"]');
    await page.getByRole('button', { name: 'Back' }).click();
    await row.getByText('1 unread message').waitFor({ state: 'detached' });
    expect(await bubble(jun.page, 'read this in the tunnel').getByLabel('Read').count()).toBe(0);
    await town.restartServer();
    await bubble(jun.page, 'read this in the tunnel').getByLabel('Read').waitFor();

    await town.killServer();
    await row.click();
    await stranger.click();
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await page.getByText('You block them: neither hears of the other.').waitFor();
    await town.restartServer();
    await offline(page).waitFor({ state: 'detached' });
    const other = await town.visit();
    await other.getByRole('button', { name: 'Log in' }).click();
    await other.getByLabel('Handle').fill('mina');
    await other.getByLabel('Password').fill('correct horse');
    await other.locator('form').getByRole('button', { name: 'Log in' }).click();
    // A room with somebody who is blocked is in no list: they stand among the people.
    await other.getByRole('heading', { name: 'Chats' }).waitFor();
    await other.goto(`${town.url}/#/people`);
    await other.getByRole('button', { name: 'Unblock' }).waitFor();
    expect(town.complaints).toEqual([]);
  },
);

async function pressSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await pressSignOut(page);
  await page.getByRole('button', { name: 'Sign up' }).waitFor();
}

browserTest('who signs out in one tab is signed out in all, and nothing stays in the browser', async () => {
  const { page } = await town.signUp('leaver');
  const context = page.context();
  const other = await town.openTab(context);
  await other.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  const stores = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(await stores()).toEqual([expect.stringMatching(/^maru:device_/)]);
  await page.getByRole('button', { name: 'Settings' }).click();
  // Only the server ends what the cookie is good for.
  await context.setOffline(true);
  await pressSignOut(page);
  await page.getByRole('alert').filter({ hasText: 'The server can’t be reached' }).waitFor();
  await context.setOffline(false);
  await pressSignOut(page);
  await page.getByRole('button', { name: 'Sign up' }).waitFor();
  await other.getByRole('button', { name: 'Sign up' }).waitFor();
  await becomes(stores, []);
  expect(await page.evaluate(() => localStorage.getItem('maru.device'))).toBeNull();
  expect(town.complaints).toEqual([]);
});

browserTest('nor does what a page kept that ended while somebody typed', async () => {
  const { page } = await town.signUp('typist');
  await page.evaluate(() => {
    const store = `maru:${localStorage.getItem('maru.device')}`;
    localStorage.setItem(`${store}:drafts:gone`, '[["room",[{"text":"half a"},null]]]');
  });
  await signOut(page);
  await page.waitForFunction(() => !Object.values(localStorage).some((kept) => kept.includes('half a')));
  expect(town.complaints).toEqual([]);
});
