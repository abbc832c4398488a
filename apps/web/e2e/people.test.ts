import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, meet, type Person, PHONE, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

async function writeTo({ page }: Person, handle: string, text: string): Promise<void> {
  await meet({ page }, `#/with/${handle}`);
  await page.getByRole('heading', { name: handle }).waitFor();
  await say({ page }, text);
}

async function makeGroup({ page }: Person, name: string): Promise<void> {
  await page.goto(`${town.url}/#/new`);
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel('Name of the group').fill(name);
  await page.getByRole('button', { name: 'Make the group' }).click();
  await page.getByRole('heading', { name }).waitFor();
}

const choose = (page: Page, name: string) => page.getByRole('menuitem', { name }).click();

browserTest(
  'a conversation is pinned, muted and archived from its menu, and each is taken back',
  async () => {
    await town.signUp('menu.b');
    const a = await town.signUp('menu.a');
    const { page } = a;
    await writeTo(a, 'menu.b', 'hello');
    const row = page.getByRole('link', { name: /menu\.b/ }).first();
    await row.click({ button: 'right' });
    await choose(page, 'Pin to the top');
    await row.getByLabel('Pinned').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.getByLabel('Pinned').waitFor({ state: 'detached' });

    // By the keyboard, to the second page of the menu and back.
    await row.focus();
    await page.keyboard.press('Shift+F10');
    // It takes the focus a frame after it is there.
    await page.locator('[role=menu]:focus-within').waitFor();
    await page.getByRole('menuitem', { name: 'Mute' }).press('Enter');
    await page.getByRole('menuitemcheckbox', { name: 'Except when I am mentioned' }).waitFor();
    await choose(page, '8 hours');
    await row.getByLabel('Muted').waitFor();
    await page.getByRole('button', { name: 'What to do with this conversation' }).click();
    await choose(page, 'Unmute');
    await row.getByLabel('Muted').waitFor({ state: 'detached' });

    await row.click({ button: 'right' });
    await choose(page, 'Archive');
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Archived/ })
      .waitFor();
    // What was said of the sound, with an undo of its own, may still stand there.
    const archived = page.getByRole('status').filter({ hasText: 'is archived' });
    await archived.getByRole('button', { name: 'Undo' }).click();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Archived/ })
      .waitFor({ state: 'detached' });

    // What is open is read.
    await page.goto(`${town.url}/#/`);
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    await row.click({ button: 'right' });
    await choose(page, 'Mark as unread');
    await row.getByLabel('Marked as unread').waitFor();
    expect(town.complaints).toEqual([]);
  },
);

browserTest('a finger that stays on a conversation opens its menu and not the conversation', async () => {
  await town.signUp('press.b');
  const a = await town.signUp('press.a', PHONE);
  const { page } = a;
  await writeTo(a, 'press.b', 'hello');
  await page.getByRole('button', { name: 'Back' }).click();
  const row = page.getByRole('link', { name: /press\.b/ });
  await row.waitFor();
  await row.evaluate((element) => {
    const { x, y } = element.getBoundingClientRect();
    const at = { bubbles: true, pointerType: 'touch', clientX: x + 40, clientY: y + 20 };
    element.dispatchEvent(new PointerEvent('pointerdown', at));
  });
  await page.getByRole('menuitem', { name: 'Archive' }).waitFor();
  await row.evaluate((element) => {
    element.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerType: 'touch' }));
    element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  });
  await choose(page, 'Archive');
  await page.getByRole('link', { name: /Archived/ }).waitFor();
  expect(page.url()).not.toContain('room_');
  expect(town.complaints).toEqual([]);
});

browserTest('a group is described, joined by a link that asks, and given an administrator', async () => {
  const owner = await town.signUp('group.a');
  const { page } = owner;
  await makeGroup(owner, 'Weavers');
  await page
    .getByRole('link', { name: /Weavers/ })
    .last()
    .click();
  await page.getByRole('button', { name: 'Say what it is for' }).click();
  await page.getByLabel('What it is for').fill('Looms and yarn');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Looms and yarn').first().waitFor();

  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByText('Somebody must let them in').click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  await page.getByRole('img', { name: 'QR code of a link into Weavers' }).waitFor();
  const url = await page.getByText(/#join=/).innerText();
  await page.getByRole('button', { name: 'Close' }).last().click();

  const guest = await town.signUp('group.b', DESKTOP, new URL(url).hash);
  await guest.page.getByText(/You asked to join “Weavers”/).waitFor();
  await page.getByRole('button', { name: 'Let in', exact: true }).click();
  await guest.page.getByRole('link', { name: /Weavers/ }).waitFor();

  await page.getByRole('button', { name: 'group.b: what to do' }).click();
  await choose(page, 'Make an administrator');
  await page.getByText('Administrator · @group.b').waitFor();
  await page.getByRole('combobox', { name: 'Write', exact: true }).selectOption('administrators');
  await page.getByLabel('Pause between messages').selectOption('30');
  await page
    .getByText(/set slow mode: 30 seconds/)
    .first()
    .waitFor();

  // What has no way back is asked first.
  await page.getByRole('button', { name: 'group.b: what to do' }).click();
  await choose(page, 'Remove from the group');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Administrator · @group.b').waitFor();
  await page.getByRole('button', { name: 'group.b: what to do' }).click();
  await choose(page, 'Remove from the group');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove from the group' }).click();
  await page.getByText('Administrator · @group.b').waitFor({ state: 'detached' });
  await guest.page.goto(`${town.url}/${new URL(page.url()).hash}`);
  await guest.page.getByRole('button', { name: 'Delete from this device' }).waitFor();
  // The server keeps nothing of a room for who is out of it.
  expect(await guest.page.getByRole('switch').count()).toBe(0);
  expect(town.complaints).toEqual([]);
});

browserTest(
  'from requests beside a conversation the way back, or the last answer, leads to all',
  async () => {
    const me = await town.signUp('asked.me', DESKTOP);
    for (const handle of ['asked.one', 'asked.two'])
      await writeTo(await town.signUp(handle), 'asked.me', 'hello');
    const { page } = me;
    // One that comes later moves the others.
    await page
      .getByRole('link', { name: /Requests/ })
      .getByText('2 people wait')
      .waitFor();
    const answer = async (name: string) => {
      await page.getByRole('link', { name: /Requests/ }).click();
      await page.getByRole('link', { name }).click();
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' });
    };
    const heading = (name: string) => page.getByRole('heading', { name, exact: true });
    await answer('asked.one');
    await heading('Requests').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await heading('Chats').waitFor();
    await heading('asked.one').waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
    await answer('asked.two');
    await heading('Chats').waitFor();
    await heading('asked.two').waitFor();
    expect(town.complaints).toEqual([]);
  },
);

browserTest('who somebody is, and what can be done about them, stands beside the conversation', async () => {
  const b = await town.signUp('who.b');
  const a = await town.signUp('who.a');
  const { page } = a;
  await writeTo(a, 'who.b', 'hello');
  await page
    .getByRole('link', { name: /who\.b/ })
    .last()
    .click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText('They have not answered yet.').waitFor();
  await details.getByRole('button', { name: 'Ask to be a contact' }).click();
  await details.getByText('You asked to be contacts.').waitFor();
  await b.page.goto(`${town.url}/#/people`);
  await b.page.getByRole('button', { name: 'Accept' }).click();
  await details.getByText('You are contacts.').waitFor();
  await details.getByText('Online').waitFor();
  await details.getByLabel('Messages vanish').selectOption('86400');
  await page
    .getByText(/messages to vanish after 1 day/)
    .first()
    .waitFor();
  await details.getByRole('button', { name: 'Block and report' }).click();
  await page.getByLabel('Reason').selectOption('abuse');
  await page.getByRole('dialog').getByRole('button', { name: 'Block and report' }).click();
  await details.getByText('You block them: neither hears of the other.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await details.getByRole('button', { name: 'Unblock' }).waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});

browserTest('who signs up by a link is led into the conversation, however late its code comes', async () => {
  await town.signUp('late.b');
  const { page } = await town.signUp('late.a', DESKTOP, '#/with/late.b', async (context) => {
    // The recovery codes have been put away by then.
    await context.route(/follow-link/, async (route) => {
      await Bun.sleep(2_500);
      await route.continue();
    });
  });
  await page.getByRole('heading', { name: 'late.b' }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});

browserTest('who opens a link to somebody is asked before that person hears of it', async () => {
  const curious = await town.signUp('link.b');
  const { page } = await town.signUp('link.a');
  await page.goto(`${town.url}/#/with/link.b`);
  const sheet = page.getByRole('dialog');
  await sheet.getByText('They see who you are as soon as you open it.').waitFor();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  await curious.page.reload();
  await curious.page.getByRole('heading', { name: 'No conversations yet' }).waitFor();

  // Who has one with them by now is led into it, also where the question stands there already.
  await page.goto(`${town.url}/#/with/link.b`);
  await sheet.waitFor();
  await writeTo(curious, 'link.a', 'hello');
  await page.getByRole('heading', { name: 'link.b' }).waitFor();
  await sheet.waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});
