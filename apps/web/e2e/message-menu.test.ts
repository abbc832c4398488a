import { afterAll, beforeAll, expect } from 'bun:test';
import type { Page } from 'playwright-core';
import { becomes } from './becomes.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { isInSight } from './scrolling.ts';
import { bubble, field, holds, type Person, say, Town } from './town.ts';

const START_MS_MAX = 120_000;

let town: Town;
let mina: Person;
let jun: Person;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  [mina, jun] = await town.signUpTwo();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());

async function menu(page: Page, text: string, item: string | RegExp): Promise<void> {
  await bubble(page, text).getByText(text).click({ button: 'right' });
  await page.getByRole('menuitem', { name: item, exact: typeof item === 'string' }).click();
}

browserTest('a message is forwarded to a group, with the name of who wrote it or without', async () => {
  const { page } = mina;
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel('Name of the group').fill('Lunch');
  await page.getByRole('button', { name: /jun/ }).click();
  await page.getByRole('button', { name: 'Make the group with 1 person' }).click();
  await page.getByRole('heading', { name: 'Lunch' }).waitFor();
  await page.goto(`${town.url}/#/with/jun`);
  await menu(page, 'first', 'Forward');
  await page.getByLabel('Find a conversation').fill('lun');
  expect(await page.getByRole('dialog').getByRole('checkbox').count()).toBe(2);
  await page.getByRole('checkbox', { name: 'Lunch' }).check();
  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  await jun.page.getByRole('link', { name: /Lunch/ }).click();
  await bubble(jun.page, 'first').getByText('Forwarded, by jun first').waitFor();
  await menu(page, 'first', 'Forward');
  await page.getByRole('checkbox', { name: 'Lunch' }).check();
  await page.getByLabel('Say who wrote it').uncheck();
  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  await bubble(jun.page, 'first').getByText('Forwarded', { exact: true }).waitFor();
  await jun.page.goto(`${town.url}/#/with/mina`);
});

browserTest('what was edited shows what it said before, and who has read it', async () => {
  await say(jun, 'at noon');
  await menu(jun.page, 'at noon', 'Edit');
  await jun.page.getByRole('textbox', { name: 'Message' }).fill('at one');
  await jun.page.getByRole('button', { name: 'Save' }).click();
  await bubble(mina.page, 'at one').getByRole('button', { name: 'edited' }).click();
  const dialog = mina.page.getByRole('dialog', { name: 'Earlier versions' });
  await dialog.getByText('at noon').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await bubble(jun.page, 'at one').getByLabel('Read').waitFor();
  await menu(jun.page, 'at one', 'Who has read it');
  await jun.page.getByRole('dialog').getByText('Read by 1').waitFor();
  await jun.page.getByRole('dialog').getByText('mina').waitFor();
  await jun.page.keyboard.press('Escape');
  await jun.page.getByRole('dialog').waitFor({ state: 'detached' });
});

browserTest(
  'what was being written is there again when another message was changed, or was not',
  async () => {
    const { page } = jun;
    await field(page).fill('half a thought');
    await menu(page, 'at one', 'Edit');
    await holds(page, 'at one');
    await field(page).press('Escape');
    expect(await field(page).inputValue()).toBe('half a thought');
    await menu(page, 'at one', 'Edit');
    await field(page).fill('at one sharp');
    await page.getByRole('button', { name: 'Save' }).click();
    await bubble(mina.page, 'at one sharp').waitFor();
    await holds(page, 'half a thought');
    await field(page).fill('');
  },
);

browserTest(
  'a text goes to the clipboard, also on a page of plain HTTP; where the browser lets nothing in, that is said',
  async () => {
    const { page } = mina;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await menu(page, 'first', 'Copy the text');
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('first');
    // As for a page of plain HTTP.
    await page.evaluate(() => {
      Object.assign(globalThis, { clipboard: navigator.clipboard });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await menu(page, 'at one', 'Copy the text');
    await page.waitForFunction(
      async () =>
        (await (globalThis as unknown as { readonly clipboard: Clipboard }).clipboard.readText()) ===
        'at one',
    );
    await page.evaluate(() => Object.assign(document, { execCommand: () => false }));
    await menu(page, 'first', 'Copy the text');
    await page.getByText('This can’t be copied here. Select it, and copy it by hand.').waitFor();
    await page.reload();
  },
);

browserTest('a star stays with the user; any emoji can be put on a message, found by its name', async () => {
  await menu(mina.page, 'at one', 'Star');
  await bubble(mina.page, 'at one').getByLabel('Starred').waitFor();
  expect(await bubble(jun.page, 'at one').getByLabel('Starred').count()).toBe(0);
  await menu(mina.page, 'at one', 'More emojis');
  await mina.page.getByLabel('Find an emoji').fill('otter');
  await mina.page.getByRole('button', { name: 'otter' }).click();
  await bubble(jun.page, 'at one').getByRole('button', { name: '🦦 1' }).waitFor();
});

browserTest('by the keyboard: from message to message, into the menu, and back', async () => {
  const { page } = mina;
  await say(jun, 'last words');
  // The view follows it a moment later, and the keyboard begins at what is in sight.
  await becomes(() => isInSight(bubble(page, 'last words'), 'all'), true);
  await page.getByRole('log').focus();
  await page.keyboard.press('ArrowUp');
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  expect(await focused()).toContain('last words');
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toContain('at one');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await becomes(async () => (await focused()).includes('at one'), true);
  await page.keyboard.press('r');
  await page.getByText('Reply to jun').waitFor();
  await page.keyboard.press('Escape');
});

browserTest('a message is reported, and one is deleted for oneself alone', async () => {
  await menu(mina.page, 'last words', 'Report');
  await mina.page.getByLabel('Threats').check();
  await mina.page.getByLabel(/^A note/).fill('not kind');
  await mina.page.getByRole('dialog').getByRole('button', { name: 'Report' }).click();
  await mina.page.getByText('Reported.').waitFor();
  await mina.page.keyboard.press('Escape');
  await menu(mina.page, 'last words', 'Delete for me');
  await mina.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await bubble(mina.page, 'last words').waitFor({ state: 'detached' });
  expect(await bubble(jun.page, 'last words').count()).toBe(1);
  expect(town.complaints).toEqual([]);
});

browserTest('all pinned messages are in a list, where they are taken down', async () => {
  const { page } = mina;
  await menu(page, 'at one', 'Pin');
  await page.getByRole('button', { name: 'All pinned messages' }).click();
  const list = page.getByRole('dialog', { name: 'Pinned messages' });
  await list.getByText('at one').waitFor();
  await list.getByRole('button', { name: 'Take down' }).click();
  await list.getByText('at one').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  expect(town.complaints).toEqual([]);
});

browserTest(
  'code that names its language is told apart, and a long text is shown whole with its looks',
  async () => {
    await say(jun, '```ts\nconst answer = 42;\n```');
    const code = bubble(mina.page, 'const answer').locator('code[data-language=ts]');
    await code.locator('span', { hasText: /^const$/ }).waitFor();
    expect(await code.textContent()).toBe('const answer = 42;');
    // Who edits it may take its language away.
    await menu(jun.page, 'const answer', 'Edit');
    await jun.page.getByRole('textbox', { name: 'Message' }).fill('```\nconst answer = 43;\n```');
    await jun.page.getByRole('button', { name: 'Save' }).click();
    await bubble(mina.page, 'const answer = 43;').waitFor();
    expect(await mina.page.locator('code[data-language]').count()).toBe(0);
    await say(jun, `${'a line of many words\n'.repeat(400)}**the very end**`);
    await mina.page.getByRole('button', { name: /^Show all 8,/ }).click();
    await mina.page.locator('article strong', { hasText: 'the very end' }).waitFor();
    expect(town.complaints).toEqual([]);
  },
);

browserTest('what is open about a message follows it, and ends with it', async () => {
  await say(jun, 'one draft');
  const change = async (from: string, to: string) => {
    await menu(jun.page, from, 'Edit');
    await jun.page.getByRole('textbox', { name: 'Message' }).fill(to);
    await jun.page.getByRole('button', { name: 'Save' }).click();
  };
  await bubble(mina.page, 'one draft').getByText('one draft').click({ button: 'right' });
  await mina.page.getByRole('menuitem', { name: 'Forward' }).waitFor();
  expect(await mina.page.getByRole('menuitem', { name: 'Earlier versions' }).count()).toBe(0);
  await change('one draft', 'two drafts');
  await mina.page.getByRole('menuitem', { name: 'Earlier versions' }).click();
  const dialog = mina.page.getByRole('dialog', { name: 'Earlier versions' });
  await dialog.getByText('two drafts').waitFor();
  await change('two drafts', 'three drafts');
  await dialog.getByText('three drafts').waitFor();
  await menu(jun.page, 'three drafts', 'Delete for everybody');
  await jun.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await dialog.waitFor({ state: 'detached' });
  await mina.page.getByRole('status').getByText('Deleted message').waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('what is begun right behind a message is another one', async () => {
  const { page } = mina;
  await say(jun, 'the question');
  await bubble(page, 'the question').waitFor();
  await field(page).fill('on its way');
  // No time passes: the message is not stored yet.
  await field(page).evaluate((area: HTMLTextAreaElement) => {
    const press = (element: Element | undefined, key: string) =>
      element?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    press(area, 'Enter');
    const articles = [...document.querySelectorAll('article')];
    press(
      articles.find(({ textContent }) => textContent?.includes('the question')),
      'r',
    );
  });
  await bubble(jun.page, 'on its way').waitFor();
  await page.getByText('Reply to jun').waitFor();
  await say(mina, 'the answer');
  await bubble(jun.page, 'the answer')
    .getByRole('button', { name: /the question/ })
    .waitFor();
  expect(
    await bubble(jun.page, 'on its way')
      .getByRole('button', { name: /the question/ })
      .count(),
  ).toBe(0);
});
