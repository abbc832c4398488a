import { afterAll, beforeAll, expect } from 'bun:test';
import { browserTest, hasBrowser } from './browser.ts';
import { type Person, say, Town } from './town.ts';

const START_MS_MAX = 120_000;

let town: Town;
let mina: Person;
let jun: Person;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  [mina, jun] = await town.signUpTwo(['내일 점심은 국밥집에서 먹자']);
  await say(jun, 'bring the umbrella');
  await mina.page.getByRole('article').filter({ hasText: 'umbrella' }).waitFor();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());

browserTest(
  'messages, conversations and people are found by the keyboard, and Enter goes there',
  async () => {
    const { page } = mina;
    await page.goto(`${town.url}/#/`);
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: /^Search/ });
    await field.fill('국밥');
    await page.getByRole('option', { name: /국밥집에서/ }).waitFor();
    await page.getByText(/back to: Today/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('article').filter({ hasText: '국밥집' }).waitFor();
    expect(page.url()).toContain('#/room/');

    await page.goto(`${town.url}/#/`);
    await page.keyboard.press('Control+k');
    await field.fill('ju');
    await page.getByRole('option', { name: /jun/ }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  },
);

browserTest('a search in a conversation finds what was edited, and not what was deleted', async () => {
  await jun.page
    .getByRole('article')
    .filter({ hasText: 'umbrella' })
    .getByText('umbrella')
    .click({ button: 'right' });
  await jun.page.getByRole('menuitem', { name: 'Edit' }).click();
  await jun.page.getByRole('textbox', { name: 'Message' }).fill('bring the raincoat');
  await jun.page.getByRole('button', { name: 'Save' }).click();
  const { page } = mina;
  await page.goto(`${town.url}/#/with/jun`);
  await page.getByRole('article').filter({ hasText: 'raincoat' }).waitFor();
  await page.keyboard.press('Control+f');
  const field = page.getByRole('combobox', { name: 'Search in this conversation' });
  await field.fill('rainc');
  await page.getByRole('option', { name: /raincoat/ }).waitFor();
  await field.fill('umbrella');
  await page.getByText('Nothing is found').waitFor();
  await page.keyboard.press('Escape');
  await jun.page
    .getByRole('article')
    .filter({ hasText: 'raincoat' })
    .getByText('raincoat')
    .click({ button: 'right' });
  await jun.page.getByRole('menuitem', { name: 'Delete for everybody' }).click();
  await jun.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted message').first().waitFor();
  await page.keyboard.press('Control+f');
  await field.fill('raincoat');
  await page.getByText('Nothing is found').waitFor();
  await page.keyboard.press('Escape');
  expect(town.complaints).toEqual([]);
});

browserTest('a question mark shows the keys, but for who is writing', async () => {
  const { page } = mina;
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await page.keyboard.type('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('log').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
});
