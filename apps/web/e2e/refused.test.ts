import { afterAll, beforeAll, beforeEach, expect } from 'bun:test';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { isStored } from './stored.ts';
import { DESKTOP, meet, PHONE, say, Town } from './town.ts';

const START_MS_MAX = 120_000;

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

browserTest(
  'a conversation that the server refuses to make says why, and what can be done about it',
  async () => {
    const jun = await town.signUp('jun');
    await jun.page.goto(`${town.url}/#/settings/privacy`);
    const saved = jun.page.waitForResponse((one) => one.request().method() === 'PATCH');
    await jun.page.getByLabel('May write to me first').selectOption('contacts');
    expect((await saved).ok()).toBe(true);

    const mina = await town.signUp('mina', DESKTOP, '#/with/jun');
    const { page } = mina;
    const why = /Only their contacts may do that/;
    await page.getByRole('alert').getByText(why).waitFor();
    expect(await page.getByText(/New conversation · jun/).count()).toBe(0);
    const list = page.getByRole('navigation');
    await list.getByRole('link', { name: /Not made: Only their contacts may do that/ }).waitFor();
    expect(await page.getByText('Being made').count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Message' }).count()).toBe(0);

    // It is listed, too, over a reload, and can be put away.
    await page.reload();
    await list.getByRole('link', { name: why }).waitFor();
    await page.goto(`${town.url}/#/settings/connection`);
    await page.getByText('New conversation · jun').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('Refused by the server').waitFor({ state: 'detached' });

    // Asked to be a contact, they can say yes.
    await meet(mina, '#/with/jun');
    await page.getByRole('button', { name: 'Ask to be a contact' }).click();
    await jun.page.goto(`${town.url}/#/requests`);
    await jun.page.getByRole('link', { name: /mina/ }).click();
    await jun.page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await say(mina, 'thank you');
    await jun.page.getByRole('article').filter({ hasText: 'thank you' }).waitFor();
    expect(town.complaints).toEqual([]);
  },
);

browserTest('a group that was not made has no members, and is put away from its details', async () => {
  const wary = await town.signUp('wary');
  await wary.page.goto(`${town.url}/#/settings/privacy`);
  const saved = wary.page.waitForResponse((one) => one.request().method() === 'PATCH');
  await wary.page.getByLabel('May add me to groups').selectOption('contacts');
  expect((await saved).ok()).toBe(true);
  const { page } = await town.signUp('host', PHONE, '#/new');
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel('Name of the group').fill('Weavers');
  await page.getByLabel('Handle').fill('wary');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('list').getByText('@wary').waitFor();
  await page.getByRole('button', { name: /^Make the group/ }).click();
  await page.getByRole('alert').waitFor();
  await page.getByText('Not made', { exact: true }).waitFor();
  await page.locator('[role=main] a[href^="#/details/"]').click();
  await page.getByText('Not made', { exact: true }).locator('visible=true').waitFor();
  // Nothing is kept of what is not there.
  expect(await page.getByRole('switch').count()).toBe(0);
  await page.getByRole('button', { name: 'Remove the conversation' }).locator('visible=true').click();
  await page.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('where somebody has deleted their account it is said that nobody can be reached', async () => {
  const gone = await town.signUp('gone');
  const stays = await town.signUp('stays', PHONE, '#/with/gone');
  const { page } = stays;
  await say(stays, 'hello');
  await gone.page.goto(`${town.url}/#/with/stays`);
  await gone.page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('Online', { exact: true }).waitFor();
  await gone.page.goto(`${town.url}/#/settings/account`);
  await gone.page.getByRole('button', { name: 'Delete the account' }).click();
  await gone.page.getByRole('dialog').getByLabel('Password').fill('correct horse');
  await gone.page.getByRole('dialog').locator('button[type=submit]').click();
  await gone.page.getByRole('alertdialog').getByRole('button', { name: 'Delete the account' }).click();
  // Who has left is not told that they were signed out.
  await gone.page.getByText('A messenger that anyone can run.').waitFor();
  await page.getByText('Can’t be reached').waitFor();
  await page.getByText('You can’t write to them any more.').waitFor();
  expect(await page.getByText('Online', { exact: true }).count()).toBe(0);
  expect(await page.getByRole('textbox', { name: 'Message' }).count()).toBe(0);
  await page.locator('[role=main] a[href^="#/details/"]').click();
  await page.getByRole('button', { name: 'Block', exact: true }).waitFor();
  expect(await page.getByText('Ask to be a contact').count()).toBe(0);
  expect(town.complaints).toEqual([]);
});

browserTest('what was done without a server and is refused later is said and listed', async () => {
  const owner = await town.signUp('owner');
  const guest = await town.signUp('guest', DESKTOP, '#/with/owner');
  await say(guest, 'hello');
  await owner.page.goto(`${town.url}/#/with/guest`);
  await owner.page.getByRole('button', { name: 'Accept' }).click();
  await say(owner, 'soup');
  const { page } = guest;
  const context = page.context();
  const soup = (of: Page) => of.getByRole('article').filter({ hasText: 'soup' });
  await soup(page).waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  await town.killServer();
  await soup(page).getByText('soup').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'React with 👍' }).click();
  await soup(page).getByRole('button', { name: '👍 1' }).waitFor();
  await isStored(page, '👍');
  await page.close();
  await town.restartServer();
  await soup(owner.page).getByText('soup').click({ button: 'right' });
  await owner.page.getByRole('menuitem', { name: 'Delete for everybody' }).click();
  await owner.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await owner.page.getByText('Deleted message').first().waitFor();
  // What comes behind it is taken, and so was it.
  await say(owner, 'no soup');
  const last = owner.page.getByRole('article').filter({ hasText: 'no soup' });
  await last.getByLabel(/^(Sent|Delivered|Read)$/).waitFor();

  const back = await town.openTab(context);
  await back.getByRole('alert').getByText('Reaction · owner: The message is deleted already.').waitFor();
  await back.getByRole('button', { name: 'Show' }).click();
  await back.getByText('Reaction · owner', { exact: true }).waitFor();
  // Given again it would be refused again.
  expect(await back.getByRole('main').getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await back.goto(`${town.url}/#/settings`);
  await back
    .getByRole('link', { name: /Connection/ })
    .getByText('1 thing was refused')
    .waitFor();
  await back.getByRole('link', { name: /Connection/ }).click();
  await back.getByRole('button', { name: 'Dismiss' }).click();
  await back.getByText('Reaction · owner').waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});
