import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, type Person, PHONE, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);

let town: Town;
let boss: Person;
let guest: Person;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  guest = await town.signUp('guest');
  boss = await town.signUp('boss', DESKTOP, '#/with/guest');
  await boss.page.getByRole('heading', { name: 'guest' }).waitFor();
  await town.promote('boss');
  // Who was cut by that would come back by itself, in half a minute at the latest.
  await guest.page.reload();
  await boss.page.reload();
  await boss.page.goto(`${town.url}/#/settings`);
  await boss.page.getByRole('link', { name: /^Administration/ }).click();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town.complaints.splice(0));

const tab = ({ page }: Person, name: string) => page.getByRole('tab', { name }).click();
/** Opens a list anew: it hears of nothing by itself. */
const tabAnew = async (person: Person, name: string) => {
  await tab(person, 'Live');
  await tab(person, name);
};
const choose = ({ page }: Person, name: string) => page.getByRole('menuitem', { name, exact: true }).click();

browserTest('the numbers of the server are live, with a small chart each', async () => {
  const { page } = boss;
  const chart = page.locator('figure').filter({ hasText: 'Sessions' });
  await chart.getByText('2', { exact: true }).waitFor();
  const third = await town.visit();
  await third.getByRole('button', { name: 'Log in' }).click();
  await third.getByLabel('Handle').fill('guest');
  await third.getByLabel('Password').fill('correct horse');
  await third.locator('form button[type=submit]').click();
  await chart.getByText('3', { exact: true }).waitFor();
  await page.locator('figure').filter({ hasText: 'Received a second' }).locator('polyline').waitFor();
  const points = await chart.locator('polyline').getAttribute('points');
  const heights = points?.split(' ').map((point) => Number(point.split(',')[1])) ?? [];
  expect(Math.min(...heights)).toBeLessThan(Math.max(...heights));
  await third.context().close();
  expect(town.complaints).toEqual([]);
});

browserTest('the arrows, Home and End go through the tabs, and Enter opens one', async () => {
  const { page } = boss;
  const hasFocus = (name: string) =>
    page.getByRole('tab', { name, exact: true }).and(page.locator(':focus')).waitFor();
  await tab(boss, 'Live');
  for (const [key, name] of [
    ['ArrowRight', 'Accounts'],
    ['End', 'Invites'],
    ['ArrowRight', 'Live'],
    ['ArrowLeft', 'Invites'],
    ['Home', 'Live'],
    ['ArrowRight', 'Accounts'],
  ] as const) {
    await page.keyboard.press(key);
    await hasFocus(name);
  }
  await page.keyboard.press('Enter');
  await page.getByRole('tabpanel', { name: 'Accounts' }).getByText('@guest').waitFor();
  // All tabs are one stop on the way through the page: behind them comes what they show.
  await page.keyboard.press('Shift+Tab');
  await page.locator('[role=tab]:focus').waitFor({ state: 'detached' });
  await page.keyboard.press('Tab');
  await hasFocus('Accounts');
  await tab(boss, 'Live');
  expect(town.complaints).toEqual([]);
});

browserTest('an account is suspended at once, let in again, and given a role', async () => {
  const { page } = boss;
  await tab(boss, 'Accounts');
  const menu = page.getByRole('button', { name: 'guest: what to do' });
  await menu.click();
  await choose(boss, 'Suspend');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('@guest · Suspended').waitFor();
  await guest.page
    .getByText(/This account is suspended/)
    .first()
    .waitFor();
  await menu.click();
  await choose(boss, 'End the suspension');
  await page.getByText('@guest · Suspended').waitFor({ state: 'detached' });
  await guest.page.reload();
  await guest.page.getByRole('button', { name: 'Log in' }).click();
  await guest.page.getByLabel('Handle').fill('guest');
  await guest.page.getByLabel('Password').fill('correct horse');
  await guest.page.locator('form button[type=submit]').click();
  await guest.page.getByRole('button', { name: 'Settings' }).waitFor();

  await menu.click();
  await choose(boss, 'Make an administrator');
  await page.getByText('@guest · Administrator').waitFor();
  await guest.page.goto(`${town.url}/#/settings`);
  await guest.page.getByRole('link', { name: /^Administration/ }).waitFor();
  await menu.click();
  await choose(boss, 'No longer an administrator');
  await page.getByText('@guest · Administrator').waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});

browserTest('a password is reset with a code that sets a new one', async () => {
  const { page } = boss;
  const lost = await town.signUp('lost');
  await tab(boss, 'Live');
  await tab(boss, 'Accounts');
  await page.getByRole('button', { name: 'lost: what to do' }).click();
  await choose(boss, 'Reset the password');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset the password' }).click();
  const code = await page.getByRole('dialog').locator('.select-all').innerText();
  expect(code.length).toBeGreaterThan(10);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await lost.page.getByRole('button', { name: 'Sign up' }).waitFor();

  await lost.page.getByRole('button', { name: 'Log in' }).click();
  await lost.page.getByRole('button', { name: 'Forgot your password?' }).click();
  const set = lost.page.getByRole('button', { name: 'Set the password' });
  await set.click();
  await lost.page.getByText('Write your handle.').waitFor();
  await lost.page.getByLabel('Handle').fill('lost');
  await lost.page.getByLabel('Recovery code').fill('1ymt-m5v7-1rgc-9y2w');
  await lost.page.getByLabel('New password').fill('found it again');
  await set.click();
  await lost.page.getByText('Handle and code don’t go together, or the code was used.').waitFor();
  await lost.page.getByLabel('Recovery code').fill(` ${code.toUpperCase()} `);
  await set.click();
  await lost.page.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  // It is the password from now on.
  const again = await town.visit();
  await again.getByRole('button', { name: 'Log in' }).click();
  await again.getByLabel('Handle').fill('lost');
  await again.getByLabel('Password').fill('found it again');
  await again.locator('form button[type=submit]').click();
  await again.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('what somebody reports is read, closed, and opened again', async () => {
  const { page } = boss;
  const rude = await town.signUp('rude');
  const hurt = await town.signUp('hurt', DESKTOP, '#/with/rude');
  await hurt.page.getByRole('heading', { name: 'rude' }).waitFor();
  await say(hurt, 'hello');
  await hurt.page.locator('[role=main] a[href^="#/details/"]').click();
  await hurt.page.getByRole('button', { name: 'Block and report' }).click();
  await hurt.page.getByLabel('Reason').selectOption('threat');
  await hurt.page.getByLabel('What happened').fill('On the phone, too.');
  await hurt.page.getByRole('dialog').getByRole('button', { name: 'Block and report' }).click();
  await hurt.page.getByText('You block them: neither hears of the other.').waitFor();

  const report = page.getByRole('article').filter({ hasText: '@rude: Threats' });
  // The block holds on their device at once, and the report with it is on its way; the list is asked for when it is opened.
  do {
    await tabAnew(boss, 'Reports');
    await report.or(page.getByText('No reports')).first().waitFor();
  } while (!(await report.isVisible()));
  await report.getByText(/^By @hurt/).waitFor();
  await report.getByText('On the phone, too.').waitFor();
  const undo = page.getByRole('button', { name: 'Undo' });
  await report.getByRole('button', { name: 'Close the report' }).click();
  // What is said goes by itself, but not while somebody is at it.
  await undo.focus();
  await report.waitFor({ state: 'detached' });
  await undo.click();
  await report.getByRole('button', { name: 'Close the report' }).click();
  await report.waitFor({ state: 'detached' });
  await page.locator('label').getByText('Closed', { exact: true }).click();
  await report.waitFor();
  await rude.page.context().close();
  expect(town.complaints).toEqual([]);
});

browserTest('an invite is made, signs somebody up, and another one is revoked', async () => {
  const { page } = boss;
  const rows = page.getByRole('button', { name: 'Revoke' });
  const openList = async () => {
    await tabAnew(boss, 'Invites');
    await rows.or(page.getByText('No open invites')).first().waitFor();
  };
  await openList();
  const before = await rows.count();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByRole('img', { name: 'QR code of the invite' }).waitFor();
  const url = await page.getByText(/#invite=/).innerText();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await rows.nth(before).waitFor();
  const invited = await town.signUp('invited', PHONE, new URL(url).hash);
  await invited.page.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  // It was for one.
  const late = await town.visit(DESKTOP, new URL(url).hash);
  await late.getByLabel('Handle').fill('late');
  await late.getByLabel('Password').fill('correct horse');
  await late.getByRole('button', { name: 'Sign up' }).click();
  await late.getByRole('alert').first().waitFor();

  await openList();
  await rows.nth(before).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await rows.nth(before).waitFor();
  await rows.last().click();
  await page.getByText('The invite lets nobody in any more.').waitFor();
  await rows.nth(before).waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});

browserTest('nobody else sees any of it', async () => {
  const { page } = guest;
  await page.goto(`${town.url}/#/admin`);
  await page.getByRole('alert').first().waitFor();
  expect(await page.locator('figure').count()).toBe(0);
});
