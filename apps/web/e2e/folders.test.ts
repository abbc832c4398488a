import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import { browserTest, hasBrowser } from './browser.ts';
import { meet, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

browserTest('folders are made, filled, put in order, renamed, and there on another device', async () => {
  await town.signUp('folder.b');
  await town.signUp('folder.c');
  const me = await town.signUp('folder.a');
  const { page } = me;
  for (const other of ['folder.b', 'folder.c']) {
    await meet(me, `#/with/${other}`);
    await page.getByRole('heading', { name: other }).waitFor();
    await say(me, `to ${other}`);
  }
  const list = page.getByRole('navigation', { name: 'Chats' });
  const row = (name: string) => list.getByRole('link', { name: new RegExp(name.replace('.', '\\.')) });
  const tab = (name: string) => page.getByRole('group', { name: 'Folders' }).getByRole('button', { name });

  // The first one from a conversation's menu.
  await row('folder.b').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Put in folders' }).click();
  await page.getByLabel('Name of the folder').fill('Work');
  await page.getByRole('button', { name: 'Save with 1 conversation' }).click();
  await row('folder.c').waitFor({ state: 'detached' });
  expect(await tab('Work').getAttribute('aria-pressed')).toBe('true');
  await row('folder.b').waitFor();
  await tab('All').click();
  await row('folder.c').waitFor();

  // A second one from the list of folders; no two are called the same.
  await page.getByRole('button', { name: 'Edit folders' }).click();
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByLabel('Name of the folder').fill('Work');
  await page.getByRole('checkbox', { name: 'folder.b' }).check();
  await page.getByRole('checkbox', { name: 'folder.c' }).check();
  await page.getByRole('button', { name: 'Save with 2 conversations' }).click();
  await page.getByText('Another folder is called so.').waitFor();
  await page.getByLabel('Name of the folder').fill('가족');
  await page.getByRole('button', { name: 'Save with 2 conversations' }).click();
  await page.getByRole('button', { name: 'Move 가족 up' }).click();
  await page.getByRole('button', { name: 'Change Work' }).click();
  await page.getByLabel('Name of the folder').fill('Office');
  await page.getByRole('button', { name: 'Save with 1 conversation' }).click();
  await page.getByRole('button', { name: 'Change Office' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  const tabs = () => page.getByRole('group', { name: 'Folders' }).getByRole('button').allInnerTexts();
  expect(await tabs()).toEqual(['All', '가족', 'Office']);

  // Out of one by the menu.
  await tab('All').click();
  await row('folder.c').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Put in folders' }).click();
  await page.getByRole('menuitemcheckbox', { name: '가족' }).click();
  await page.keyboard.press('Escape');
  await tab('가족').click();
  await row('folder.c').waitFor({ state: 'detached' });
  await row('folder.b').waitFor();

  // They are the user's, not the browser's.
  const other = await town.visit();
  await other.getByRole('button', { name: 'Log in' }).click();
  await other.getByLabel('Handle').fill('folder.a');
  await other.getByLabel('Password').fill('correct horse');
  await other.locator('form button[type=submit]').click();
  const there = other.getByRole('group', { name: 'Folders' }).getByRole('button');
  await there.getByText('Office').waitFor();
  expect(await there.allInnerTexts()).toEqual(['All', '가족', 'Office']);

  await page.getByRole('button', { name: 'Edit folders' }).click();
  await page.getByRole('button', { name: 'Remove Office' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await there.getByText('Office').waitFor({ state: 'detached' });
  expect(await there.allInnerTexts()).toEqual(['All', '가족']);
  expect(town.complaints).toEqual([]);
});
