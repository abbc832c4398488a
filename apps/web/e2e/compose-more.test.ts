import { afterAll, beforeAll, expect } from 'bun:test';
import { browserTest, hasBrowser } from './browser.ts';
import { bubble, DESKTOP, field, type Person, say, Town } from './town.ts';

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

browserTest('what is chosen is made bold by a key or a button, and Ctrl Z takes it back', async () => {
  const { page } = mina;
  await field(page).fill('very good');
  await field(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 4));
  await page.keyboard.press('Control+b');
  expect(await field(page).inputValue()).toBe('**very** good');
  await page.keyboard.press('Control+z');
  expect(await field(page).inputValue()).toBe('very good');
  await field(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 4));
  await page.getByRole('toolbar').getByRole('button', { name: 'Italic' }).click();
  expect(await field(page).inputValue()).toBe('_very_ good');
  await page.keyboard.press('Enter');
  await bubble(jun.page, 'very good').locator('em', { hasText: 'very' }).waitFor();
});

browserTest('a text is kept as a quick reply, and comes back by a slash', async () => {
  const { page } = mina;
  await page.getByRole('button', { name: 'More ways to write' }).click();
  await page.getByRole('menuitem', { name: 'Quick replies' }).click();
  await page.getByLabel('Shortcut').fill('thx');
  await page.getByLabel('What it says').fill('Thank you, that was quick!');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByRole('dialog').getByText('/thx').waitFor();
  await page.keyboard.press('Escape');
  // It gives the focus back when it goes.
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await field(page).pressSequentially('/t');
  await page.getByRole('option', { name: /thx/ }).waitFor();
  await page.keyboard.press('Enter');
  expect(await field(page).inputValue()).toBe('Thank you, that was quick!');
  await page.keyboard.press('Enter');
  await bubble(jun.page, 'that was quick').waitFor();
});

browserTest('a message is sent later, and not at all where one thinks again', async () => {
  const { page } = mina;
  await field(page).fill('happy birthday');
  await page.getByRole('button', { name: 'More ways to write' }).click();
  await page.getByRole('menuitem', { name: 'Send later' }).click();
  await page.getByRole('button', { name: /Tomorrow morning/ }).click();
  await page.getByText(/^Scheduled: .* 9:00\sAM$/).waitFor();
  expect(await field(page).inputValue()).toBe('');
  await page.getByRole('button', { name: 'More ways to write' }).click();
  await page.getByRole('menuitem', { name: '1 scheduled message' }).click();
  const dialog = page.getByRole('dialog', { name: 'To be sent later' });
  await dialog.getByText('happy birthday').waitFor();
  await dialog.getByText(/ 9:00\s?AM$/).waitFor();
  await dialog.getByRole('button', { name: 'Change' }).click();
  const other = dialog.getByLabel('Another time');
  await other.fill((await other.inputValue()).replace(/T.*/, 'T09:31'));
  await dialog.getByLabel('What it says').fill('happy **birthday**, Jun');
  await dialog.getByRole('button', { name: 'Send then' }).click();
  await dialog.getByText('happy birthday, Jun').waitFor();
  await dialog.getByText(/ 9:31\s?AM$/).waitFor();
  await dialog.getByRole('button', { name: 'Do not send' }).click();
  await dialog.getByText('Nothing is waiting here.').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

browserTest('one message vanishes after a while, and the next one stays', async () => {
  const { page } = mina;
  await page.getByRole('button', { name: 'More ways to write' }).click();
  await page.getByRole('menuitemradio', { name: '1 hour' }).click();
  await page.getByText('Vanishes after 1 hour').waitFor();
  await say(mina, 'for an hour');
  await bubble(jun.page, 'for an hour').getByLabel('Vanishes after a while').waitFor();
  await page.getByText('Vanishes after 1 hour').waitFor({ state: 'detached' });
  await say(mina, 'for ever');
  await bubble(jun.page, 'for ever').waitFor();
  expect(await bubble(jun.page, 'for ever').getByLabel('Vanishes after a while').count()).toBe(0);
});

browserTest('an emoji is put where the cursor is', async () => {
  const { page } = mina;
  await field(page).fill('ab');
  await field(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(1, 1));
  await page.getByRole('button', { name: 'Put in an emoji' }).click();
  await page.getByLabel('Find an emoji').fill('otter');
  await page.getByRole('button', { name: 'otter' }).click();
  expect(await field(page).inputValue()).toBe('a🦦b');
  await field(page).fill('');
  expect(town.complaints).toEqual([]);
});

browserTest(
  'a paste of 100,000 characters is taken, the field grows so far, and what is too much is counted',
  async () => {
    const { page } = mina;
    const height = async () => (await field(page).boundingBox())?.height ?? 0;
    await field(page).fill('');
    const one = await height();
    await field(page).fill('one\ntwo\nthree');
    expect(await height()).toBeGreaterThan(one);
    await field(page).fill('');
    const text = `${'한 줄, and a line more\n'.repeat(4_800).slice(0, 99_989)} ends here`;
    expect(text.length).toBe(99_999);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await page.keyboard.press('Control+v');
    const counter = page.locator('section output');
    await counter.getByText('1', { exact: true }).waitFor();
    expect(await height()).toBeLessThanOrEqual(DESKTOP.viewport.height * 0.4 + 1);
    const send = page.getByRole('button', { name: 'Send' });
    await page.keyboard.insertText('!!');
    await counter.getByText('-1', { exact: true }).waitFor();
    expect(await send.isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Backspace');
    await counter.getByText('0', { exact: true }).waitFor();
    await send.click();
    await bubble(jun.page, '한 줄, and a line more')
      .getByRole('button', { name: 'Show all 100,000 characters' })
      .waitFor();
    expect(await field(page).inputValue()).toBe('');
    expect(await counter.count()).toBe(0);
    expect(town.complaints).toEqual([]);
  },
);

browserTest('where Ctrl and Enter send, Enter is a new line', async () => {
  const { page } = mina;
  await page.evaluate(() => localStorage.setItem('maru.preferences', '{"sendKey":"ctrl-enter"}'));
  await page.reload();
  await page.goto(`${town.url}/#/with/jun`);
  // Until it is open, there may still be the field of the one before.
  await page.waitForURL(/#\/room\//);
  await field(page).fill('one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  expect(await field(page).inputValue()).toBe('one\ntwo');
  await page.keyboard.press('Control+Enter');
  await bubble(jun.page, 'two').waitFor();
});
