import { afterAll, beforeAll, expect } from 'bun:test';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { bubble, field, holds, type Person, PHONE, say, Town } from './town.ts';

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

browserTest(
  'the Enter that ends a composition does not send; the next one does, each syllable once',
  async () => {
    const { page } = mina;
    const devtools = await page.context().newCDPSession(page);
    const compose = (text: string) =>
      devtools.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    await field(page).focus();
    for (const text of ['ㅎ', '하', '한']) await compose(text);
    // The input method takes this Enter: it comes as a key of its own, within the composition.
    const taken = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...taken });
    await devtools.send('Input.insertText', { text: '한' });
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...taken });
    expect(await field(page).inputValue()).toBe('한');
    for (const text of ['ㄱ', '그', '글']) await compose(text);
    await devtools.send('Input.insertText', { text: '글' });
    expect(await field(page).inputValue()).toBe('한글');
    await page.keyboard.press('Enter');
    await bubble(jun.page, '한글').waitFor();
    expect(await field(page).inputValue()).toBe('');
    expect(await bubble(jun.page, '한').count()).toBe(1);
  },
);

/** Safari gives the Enter that ends a composition after `compositionend`, as a key that was taken. */
async function enterAsInSafari(page: Page): Promise<void> {
  await field(page).evaluate((area: HTMLTextAreaElement) => {
    area.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    area.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '글' }));
    const enter = { key: 'Enter', code: 'Enter', keyCode: 229, bubbles: true, cancelable: true };
    area.dispatchEvent(new KeyboardEvent('keydown', enter));
  });
}

browserTest('nor does the Enter that Safari gives behind the end of a composition', async () => {
  const { page } = mina;
  await field(page).fill('사파리의 한글');
  await enterAsInSafari(page);
  expect(await field(page).inputValue()).toBe('사파리의 한글');
  await page.keyboard.press('Enter');
  await bubble(jun.page, '사파리의 한글').waitFor();
  expect(await field(page).inputValue()).toBe('');
  expect(await bubble(jun.page, '사파리의 한글').count()).toBe(1);
});

browserTest('Shift and Enter is a new line; on a phone Enter is one, too', async () => {
  const { page } = mina;
  await field(page).focus();
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  expect(await field(page).inputValue()).toBe('one\ntwo');
  await page.keyboard.press('Enter');
  await bubble(jun.page, 'one\ntwo').or(bubble(jun.page, 'two')).first().waitFor();

  const phone = await town.signUp('phone', PHONE, '#/with/mina');
  await field(phone.page).fill('one');
  await phone.page.keyboard.press('Enter');
  expect(await field(phone.page).inputValue()).toBe('one\n');
});

browserTest('the arrow up edits what was sent last', async () => {
  await say(jun, 'a mistak in **bold**');
  await bubble(jun.page, 'mistak')
    .getByLabel(/^(Sent|Delivered|Read)$/)
    .waitFor();
  await field(jun.page).press('ArrowUp');
  await jun.page.getByText('Edit the message').waitFor();
  expect(await field(jun.page).inputValue()).toBe('a mistak in **bold**');
  await field(jun.page).fill('a mistake in **bold**');
  await jun.page.getByRole('button', { name: 'Save' }).click();
  await bubble(mina.page, 'a mistake in bold').getByText('edited').waitFor();
});

browserTest('what is begun stays with its conversation, on other devices, too', async () => {
  await field(jun.page).fill('half a sent');
  await jun.page.getByRole('link', { name: /mina/ }).getByText('Draft').waitFor({ state: 'detached' });
  await jun.page.getByRole('button', { name: 'New conversation' }).click();
  await jun.page.getByRole('button', { name: 'Back' }).first().click();
  const other = await town.visit();
  await other.getByRole('button', { name: 'Log in' }).click();
  await other.getByLabel('Handle').fill('jun');
  await other.getByLabel('Password').fill('correct horse');
  await other.locator('form').getByRole('button', { name: 'Log in' }).click();
  await other.getByRole('link', { name: /mina/ }).getByText('half a sent').waitFor();
  await other.getByRole('link', { name: /mina/ }).click();
  await holds(other, 'half a sent');
});

browserTest('nothing is lost of what was typed right before the page is gone', async () => {
  const { page } = jun;
  await field(page).fill('so far ');
  // The page that goes has it, too.
  const isLoaded = page.waitForEvent('load');
  // No time passes between the last key and the end.
  await field(page).evaluate((area: HTMLTextAreaElement) => {
    area.value += 'and no further';
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    location.reload();
  });
  await isLoaded;
  await holds(page, 'so far and no further');
  // A tab that is closed, and a page that others are beside of.
  const other = await town.openTab(page.context(), new URL(page.url()).hash);
  await holds(other, 'so far and no further');
  await field(page).evaluate((area: HTMLTextAreaElement) => {
    area.value += ', or is it?';
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    location.replace('about:blank');
  });
  await holds(other, 'so far and no further, or is it?');
  // A page that still is on its way can't be sent elsewhere.
  await page.waitForURL('about:blank');
  await page.goto(other.url());
  await holds(page, 'so far and no further, or is it?');
  await other.close();
  await field(page).fill('');
  await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.includes('drafts')));
  expect(town.complaints).toEqual([]);
});

browserTest('a message is answered, reacted to and taken back by its menu', async () => {
  await say(mina, 'what do you think?');
  await bubble(jun.page, 'what do you think?').click({ button: 'right', position: { x: 60, y: 20 } });
  await jun.page.getByRole('menuitem', { name: 'Reply' }).click();
  await jun.page.getByText('Reply to mina').waitFor();
  await say(jun, 'I like it');
  await bubble(mina.page, 'I like it')
    .getByRole('button', { name: /what do you think/ })
    .waitFor();
  await bubble(mina.page, 'I like it').click({ button: 'right', position: { x: 60, y: 60 } });
  await mina.page.getByRole('menuitem', { name: 'React with 👍' }).click();
  await bubble(jun.page, 'I like it').getByRole('button', { name: '👍 1' }).waitFor();
  await bubble(jun.page, 'I like it').getByRole('button', { name: 'What to do with this message' }).click();
  await jun.page.getByRole('menuitem', { name: 'Delete for everybody' }).click();
  await jun.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await mina.page.getByText('Deleted message').first().waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest(
  'a pinned message stands above the conversation, and a finger that stays opens the menu',
  async () => {
    await say(mina, 'the plan');
    await bubble(jun.page, 'the plan').getByText('the plan').click({ button: 'right' });
    await jun.page.getByRole('menuitem', { name: 'Pin' }).click();
    await mina.page.getByRole('button', { name: /Pinned.*the plan/ }).waitFor();
    await bubble(mina.page, 'the plan')
      .first()
      .getByText('the plan')
      .dispatchEvent('pointerdown', {
        ...{ pointerType: 'touch', clientX: 700, clientY: 500 },
      });
    await mina.page.getByRole('menuitem', { name: 'Take down' }).click();
    await jun.page.getByRole('button', { name: /Pinned.*the plan/ }).waitFor({ state: 'detached' });
  },
);

browserTest('in a group each message says how many have not read it, and names are completed', async () => {
  await mina.page.getByRole('button', { name: 'New conversation' }).click();
  await mina.page.getByRole('button', { name: 'New group' }).click();
  await mina.page.getByLabel('Name of the group').fill('Lunch');
  await mina.page.getByRole('button', { name: /jun/ }).click();
  await mina.page.getByRole('button', { name: 'Make the group with 1 person' }).click();
  await mina.page.getByRole('heading', { name: 'Lunch' }).waitFor();
  await mina.page.getByText('2 members').waitFor();
  await field(mina.page).pressSequentially('@ju');
  await mina.page.getByRole('option', { name: /jun/ }).waitFor();
  await enterAsInSafari(mina.page);
  expect(await field(mina.page).inputValue()).toBe('@ju');
  await mina.page.keyboard.press('Enter');
  await mina.page.keyboard.type('where?');
  await mina.page.keyboard.press('Enter');
  await bubble(mina.page, '@jun where?').getByText('1 has not read it').waitFor();
  const row = jun.page.getByRole('link', { name: /Lunch/ });
  await row.getByText('1 message mentions you').waitFor();
  await row.click();
  await bubble(mina.page, '@jun where?').getByText('1 has not read it').waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});
