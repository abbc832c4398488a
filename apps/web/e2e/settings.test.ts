import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, meet, PHONE, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

browserTest('a new device is let in by a code and digits, and signed out from the other', async () => {
  const { page } = await town.signUp('two.devices');
  const phone = await town.visit(PHONE);
  await phone.getByRole('button', { name: 'Sign in with another device' }).click();
  await phone.getByRole('img', { name: 'QR code for the other device' }).waitFor();
  const code = await phone.getByText(/^[0-9a-z]{4}-[0-9a-z]{4}$/).innerText();

  await page.goto(`${town.url}/#/settings/devices`);
  await page.getByRole('button', { name: 'Add a device' }).click();
  await page.getByLabel('Code').fill(code.toUpperCase());
  await page.getByRole('button', { name: 'Next' }).click();
  await page
    .getByRole('dialog')
    .getByText(/Chrome/)
    .waitFor();
  await page.getByRole('button', { name: 'Let it in' }).click();
  const digits = await page.getByRole('dialog').getByText(/^\d+$/).innerText();
  await phone.getByText('You are let in as two.devices (@two.devices).').waitFor();

  // Digits that are not those of the other device let nobody in.
  const wrong = digits.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10));
  await phone.getByLabel('Digits').fill(wrong);
  await phone.getByRole('button', { name: 'Log in', exact: true }).click();
  await phone.getByText(/These are not the digits/).waitFor();
  await phone.getByLabel('Digits').fill(digits);
  await phone.getByRole('button', { name: 'Log in', exact: true }).click();
  await phone.getByRole('heading', { name: 'No conversations yet' }).waitFor();

  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: /^Sign out Chrome/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await phone.getByText('This device was signed out. Log in again.').waitFor();
  await phone.locator('form').getByRole('button', { name: 'Log in' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('a name, a status and a picture are seen by others', async () => {
  const seen = await town.signUp('seen');
  const looks = await town.signUp('looks', DESKTOP, '#/with/seen');
  await say(looks, 'hello');
  const { page } = seen;
  await page.goto(`${town.url}/#/settings/profile`);
  await page.getByLabel('Name').fill('Sun Seen');
  await page.getByLabel('Status').fill('In the garden');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.locator('input[type=file]').setInputFiles({
    name: 'no.png',
    mimeType: 'image/png',
    buffer: Buffer.from('this is no picture'),
  });
  await page.getByText(/The picture can’t be read/).waitFor();
  await page.locator('input[type=file]').setInputFiles({
    name: 'dot.svg',
    mimeType: 'image/png',
    buffer: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==',
      'base64',
    ),
  });
  await page.getByRole('img', { name: 'The picture as others will see it' }).waitFor();
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.locator('[role=main] img[src^="/v1/avatars/"]').waitFor();

  await looks.page
    .getByRole('link', { name: /Sun Seen/ })
    .last()
    .click();
  const details = looks.page.getByRole('complementary', { name: 'Details' });
  await details.getByText('In the garden').waitFor();
  await details.locator('img[src^="/v1/avatars/"]').waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('who may not be found by handle is found by a personal link', async () => {
  const hidden = await town.signUp('hidden');
  const { page } = hidden;
  await page.goto(`${town.url}/#/settings/privacy`);
  const findable = page.getByRole('switch', { name: /Found by my handle/ });
  const saved = async (change: Promise<unknown>) => {
    const answer = page.waitForResponse((one) => one.request().method() === 'PATCH');
    await change;
    expect((await answer).ok()).toBe(true);
  };
  await saved(page.getByText('Found by my handle').click());
  await saved(page.getByLabel('May write to me first').selectOption('contacts'));
  await saved(page.getByLabel('May write to me first').selectOption('everyone'));
  await page.reload();
  await page.waitForFunction(
    () => document.querySelector('[role=switch][aria-checked=false]:enabled') !== null,
  );
  expect(await findable.isChecked()).toBe(false);

  await page.goto(`${town.url}/#/people`);
  await page.getByRole('button', { name: /My link/ }).click();
  await page.getByRole('img', { name: 'QR code of my link' }).waitFor();
  const url = await page.getByText(/#user=/).innerText();

  const finder = await town.signUp('finder', DESKTOP, '#/people');
  await finder.page.getByLabel('Find somebody by handle').fill('hidden');
  await finder.page.getByRole('button', { name: 'Find', exact: true }).click();
  await finder.page.getByText('Nobody here is called @hidden.').waitFor();
  await meet(finder, new URL(url).hash);
  await finder.page.getByRole('heading', { name: 'hidden' }).waitFor();
  await say(finder, 'found you');
  await page.goto(`${town.url}/#/requests`);
  await page.getByRole('link', { name: /finder/ }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('a channel is made, found in the directory, and read', async () => {
  const { page } = await town.signUp('caster');
  await page.goto(`${town.url}/#/channels`);
  await page.getByRole('button', { name: 'New channel' }).click();
  await page.getByLabel('Name of the channel').fill('Weather');
  await page.getByLabel('What it is for').fill('Every morning');
  await page.getByRole('button', { name: 'Make the channel' }).click();
  await page.getByRole('heading', { name: 'Weather' }).waitFor();
  await say({ page }, 'sunny');
  const sunny = page.getByRole('article').filter({ hasText: 'sunny' });
  await sunny.getByLabel(/^(Sent|Delivered|Read)$/).waitFor();
  const reader = await town.signUp('reader', PHONE, '#/channels');
  await reader.page.getByLabel('Find a channel').fill('morning');
  await reader.page.getByRole('button', { name: 'Join Weather' }).click();
  await reader.page.getByRole('article').filter({ hasText: 'sunny' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('the text size holds over a reload, and the pages of the settings open', async () => {
  const { page } = await town.signUp('settled');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Look, language, keys' }).click();
  await page.getByText('Very large').click();
  await page.getByText('Ctrl + Enter', { exact: true }).click();
  await page.reload();
  expect(await page.getByRole('radio', { name: 'Very large' }).isChecked()).toBe(true);
  expect(await page.getByRole('radio', { name: 'Ctrl + Enter' }).isChecked()).toBe(true);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('21px');
  await page.goto(`${town.url}/#/settings/connection`);
  await page.getByText('Connected').waitFor();
  await page.getByText(/^\d+ ms$/).waitFor();
  await page.goto(`${town.url}/#/settings/about`);
  const server = await (await fetch(`${town.url}/v1/server`)).json();
  for (const text of [new URL(town.url).host, server.version, 'Anybody'])
    await page.getByRole('main').getByText(text, { exact: true }).waitFor();
  await page.goto(`${town.url}/#/settings/account`);
  await page.getByRole('button', { name: /New recovery codes/ }).click();
  await page.getByRole('dialog').getByLabel('Password').fill('wrong horse');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('This is not your password.').waitFor();
  await page.getByRole('dialog').getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Keep these codes' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('a password is changed by who knows it, and signs out the other devices', async () => {
  const { page } = await town.signUp('changer');
  const logIn = async (device: typeof page, password: string) => {
    await device.getByLabel('Handle').fill('changer');
    await device.getByLabel('Password').fill(password);
    await device.locator('form button[type=submit]').click();
  };
  const other = await town.visit(PHONE);
  await other.getByRole('button', { name: 'Log in' }).click();
  await logIn(other, 'correct horse');
  await other.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  await page.goto(`${town.url}/#/settings/account`);
  const change = async (current: string) => {
    await page.getByLabel('Password', { exact: true }).fill(current);
    await page.getByLabel('New password').fill('battery staple');
    await page.getByRole('button', { name: 'Change the password' }).click();
  };
  await change('wrong horse');
  await page.getByText('This is not your password.').waitFor();
  expect(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await change('correct horse');
  await page.getByText('The password is changed.').waitFor();
  await other.getByRole('button', { name: 'Log in' }).click();
  await logIn(other, 'correct horse');
  await other.getByText('Handle and password don’t go together.').waitFor();
  await logIn(other, 'battery staple');
  await other.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest(
  'the language and the theme are chosen, the theme in all tabs, and hold over a reload',
  async () => {
    const { page } = await town.signUp('chooser');
    await page.goto(`${town.url}/#/settings/looks`);
    const canvas = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await canvas();
    const tab = await town.openTab(page.context(), '#/settings/looks');
    await tab.getByRole('radio', { name: 'Light', exact: true }).waitFor();
    await page.getByText('Dark', { exact: true }).click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    // Another tab of the browser follows.
    await tab.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    expect(await tab.getByRole('radio', { name: 'Dark', exact: true }).isChecked()).toBe(true);
    await tab.close();
    const dark = await canvas();
    expect(dark).not.toBe(light);
    await page.getByText('한국어', { exact: true }).click();
    await page.getByRole('heading', { name: '화면, 언어, 입력' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    expect(await canvas()).toBe(dark);
    await page.getByText('English', { exact: true }).click();
    await page.getByRole('heading', { name: 'Look, language, keys' }).waitFor();
    expect(town.complaints).toEqual([]);
  },
);
