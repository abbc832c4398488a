import { afterAll, beforeAll, expect } from 'bun:test';
import type { BrowserContext } from 'playwright-core';
import { becomes } from './becomes.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, PHONE, say, Town } from './town.ts';

/** Building and starting, under load. */
const START_MS_MAX = 120_000;

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());

browserTest('two people sign up, find each other, and talk', async () => {
  const mina = await town.signUp('mina', PHONE);
  const jun = await town.signUp('jun', DESKTOP);

  // Jun finds Mina by her handle and writes.
  await jun.page.getByRole('button', { name: 'Find somebody' }).click();
  await jun.page.getByLabel('Find somebody by handle').fill('mina');
  await jun.page.getByRole('button', { name: 'Find', exact: true }).click();
  await say(jun, 'Hello **Mina**!');
  const sent = jun.page.getByRole('article').filter({ hasText: 'Hello Mina!' });
  await sent
    .getByRole('img', { name: /^(Sent|Delivered)$/ })
    .or(sent.getByLabel(/^(Sent|Delivered)$/))
    .first()
    .waitFor();
  expect(await sent.locator('strong').textContent()).toBe('Mina');

  // Mina has a request, with the message in it.
  await mina.page.getByRole('link', { name: /Requests/ }).click();
  await mina.page.getByRole('link', { name: /jun/ }).filter({ hasText: 'Hello Mina!' }).click();
  await mina.page.getByText('New messages').waitFor();
  await mina.page.getByRole('button', { name: 'Accept' }).click();
  await say(mina, '안녕하세요!');
  await jun.page.getByRole('article').filter({ hasText: '안녕하세요!' }).waitFor();
  await sent.getByLabel('Read').waitFor();

  // Back in the list, what comes is counted; opening it reads it.
  await mina.page.getByRole('button', { name: 'Back' }).click();
  await mina.page.getByRole('heading', { name: 'Requests', exact: true }).waitFor();
  await mina.page.getByRole('button', { name: 'Back' }).click();
  await say(jun, 'one');
  await say(jun, 'two');
  const row = mina.page.getByRole('link', { name: /jun/ });
  await row.getByText('2 unread messages').waitFor();
  await becomes(() => mina.page.title(), '(2) Maru');
  // Her device has it, and she has not looked.
  await jun.page.getByRole('article').filter({ hasText: 'two' }).getByLabel('Delivered').waitFor();
  await row.click();
  await jun.page.getByRole('article').filter({ hasText: 'two' }).getByLabel('Read').waitFor();
  await mina.page.getByRole('button', { name: 'Back' }).click();
  await row.getByText('2 unread messages').waitFor({ state: 'detached' });
  await becomes(() => mina.page.title(), 'Maru');
  expect(town.complaints).toEqual([]);
});

browserTest('what is wrong is said at its field', async () => {
  await town.signUp('taken');
  const page = await town.visit();
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByText('A handle has at least 3 characters.').waitFor();
  await page.getByText('A password has at least 8 characters.').waitFor();
  const isFocused = () => page.getByLabel('Handle').evaluate((field) => field === document.activeElement);
  await becomes(isFocused, true);
  await page.getByLabel('Handle').fill('taken');
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByText('Somebody has this handle.').waitFor();
  expect(await page.getByLabel('Handle').getAttribute('aria-invalid')).toBe('true');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByLabel('Handle').fill('taken');
  await page.getByLabel('Password').fill('wrong horse');
  await page.locator('form').getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Handle and password don’t go together.').waitFor();
  await page.getByLabel('Password').fill('correct horse');
  await page.locator('form').getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('one begins with the keyboard: by a handle, and with a group that one leaves', async () => {
  const { page } = await town.signUp('begins');
  await town.signUp('begun');
  await page.getByRole('button', { name: 'Find somebody' }).click();
  const field = page.getByLabel('Find somebody by handle');
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByText('A handle has at least 3 characters.').waitFor();
  await page.keyboard.type('@begun');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Message' }).waitFor();

  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel('Name of the group').fill('Short');
  await page.getByRole('button', { name: 'Make the group' }).click();
  await page.getByRole('link', { name: /Short 1 member/ }).click();
  await page.getByLabel('Messages vanish').selectOption({ label: '1 hour' });
  await page.getByText('You set messages to vanish after 1 hour').waitFor();
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click();
  // Who has left is led out, and would be led out of what they had opened before that.
  await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: /Short/ }).click();
  // Nobody tells any more how many are in it.
  await page.getByRole('link', { name: 'Short You left', exact: true }).waitFor();
  // What is open stays so when it is another one that goes.
  const row = (name: string) => page.getByRole('navigation').getByRole('link', { name: new RegExp(name) });
  await row('begun').click();
  await page.getByRole('heading', { name: 'begun' }).waitFor();
  await row('Short').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete from this device' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await row('Short').waitFor({ state: 'detached' });
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(await page.getByRole('heading', { name: 'begun' }).count()).toBe(1);
  expect(town.complaints).toEqual([]);
});

browserTest('a page that is loaded again is still signed in, and out after signing out', async () => {
  const { page } = await town.signUp('again');
  await page.reload();
  await page.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign up' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Sign up' }).waitFor();
});

browserTest('a new browser does not ask who it is and gets no error; one that forgot it asks', async () => {
  const asked: string[] = [];
  const refused: string[] = [];
  const watch = async (context: BrowserContext) => {
    context.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/v1/')) asked.push(pathname);
    });
    context.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
  };
  const page = await town.visit(DESKTOP, '', watch);
  await page.getByLabel('Handle').waitFor();
  await page.waitForLoadState('networkidle');
  expect(asked).not.toContain('/v1/me');
  expect(refused).toEqual([]);

  await page.getByLabel('Handle').fill('forgetful');
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  // As Safari does after a week without a visit: what the server has set stays.
  const forget = async () => {
    const isLoaded = page.waitForEvent('load');
    await page.evaluate(() => {
      localStorage.clear();
      location.reload();
    });
    await isLoaded;
  };
  await forget();
  await page.getByRole('button', { name: 'Settings' }).waitFor();

  // A token that the server does not know any more is asked about once.
  const context = page.context();
  const cookies = await context.cookies();
  const token = cookies.find(({ httpOnly }) => httpOnly);
  await context.clearCookies({ name: token?.name ?? '' });
  asked.splice(0);
  await forget();
  await page.getByLabel('Handle').waitFor();
  await page.waitForFunction(() => !document.cookie.includes('maru_signed_in'));
  expect(asked).toContain('/v1/me');
  asked.splice(0);
  await page.reload();
  await page.getByLabel('Handle').waitFor();
  await page.waitForLoadState('networkidle');
  expect(asked).not.toContain('/v1/me');
});

browserTest('a link to a person leads who signs up by it into the conversation', async () => {
  await town.signUp('host');
  const guest = await town.signUp('guest', PHONE, '#/with/host');
  await guest.page.getByRole('heading', { name: 'host' }).waitFor();
  await say(guest, 'here I am');
  await guest.page
    .getByRole('article')
    .filter({ hasText: 'here I am' })
    .getByLabel(/^(Sent|Delivered)$/)
    .waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('a link into a group carries who signs up by it straight into the group', async () => {
  const owner = await town.signUp('owner', {
    ...DESKTOP,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await owner.page.getByRole('button', { name: 'New conversation' }).click();
  await owner.page.getByRole('button', { name: 'New group' }).click();
  await owner.page.getByLabel('Name of the group').fill('Village');
  await owner.page.getByRole('button', { name: 'Make the group' }).click();
  await say(owner, 'welcome, all');
  await owner.page.getByRole('button', { name: 'Share a link into the group' }).click();
  await owner.page.getByText('The link is copied.').waitFor();
  const link = await owner.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#join=[0-9a-z]{52}$/);

  const guest = await town.signUp('newcomer', PHONE, new URL(link).hash);
  await guest.page.getByRole('heading', { name: 'Village' }).waitFor();
  await guest.page.getByRole('article').filter({ hasText: 'welcome, all' }).waitFor();
  await say(guest, 'hello!');
  await owner.page.getByRole('article').filter({ hasText: 'hello!' }).waitFor();
  await owner.page.getByText('newcomer joined by a link').waitFor();
  // The secret is in the address no longer.
  expect(guest.page.url()).not.toContain('join');
  expect(town.complaints).toEqual([]);
});
