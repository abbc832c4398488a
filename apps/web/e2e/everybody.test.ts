import { afterAll, beforeAll, beforeEach, expect } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { bubble, DESKTOP, type Person, say, Town } from './town.ts';

const START_MS_MAX = 120_000;

let town: Town;
let mina: Person;
let jun: Person;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  [mina, jun] = await town.signUpTwo(['first', 'second', 'third', 'fourth'], {
    ...DESKTOP,
    reducedMotion: 'reduce',
  });
  await say(mina, 'mine');
  await bubble(jun.page, 'mine').waitFor();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town.complaints.splice(0));

const row = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).first();

/** @param within whether something in it may have it, too */
async function hasFocus(locator: Locator, within = false): Promise<void> {
  const page = locator.page();
  const focused = locator.and(page.locator(within ? ':focus-within' : ':focus'));
  await focused.waitFor({ state: 'attached' }).catch(async (cause: unknown) => {
    const instead = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    throw new Error(`the focus is at ${instead}`, { cause });
  });
}

/** What was opened by a key has the focus: the next key is its own. */
async function opened(what: 'menu' | 'dialog' | 'alertdialog'): Promise<void> {
  await hasFocus(mina.page.getByRole(what), true);
}

/** Closes it by Escape; it gives the focus back when it is gone. */
async function close(what: 'menu' | 'dialog' | 'alertdialog'): Promise<void> {
  await opened(what);
  await mina.page.keyboard.press('Escape');
  await mina.page.getByRole(what).waitFor({ state: 'detached' });
}

async function open(name: string): Promise<void> {
  await mina.page.goto(`${town.url}/#/`);
  await row(mina.page, name).click();
  await bubble(mina.page, 'mine').waitFor();
}

browserTest(
  'one goes through conversations and messages by the arrows, and comes back to where one was',
  async () => {
    const { page } = mina;
    await open('jun');
    await page.goto(`${town.url}/#/settings`);
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.goto(`${town.url}/#/`);
    await row(page, 'jun').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await close('dialog');
    await hasFocus(row(page, 'jun'));
    await page.keyboard.press('Enter');
    await bubble(page, 'mine').waitFor();
    await page.getByRole('log').focus();
    await page.keyboard.press('ArrowUp');
    await hasFocus(bubble(page, 'mine'));
    await page.keyboard.press('ArrowUp');
    await hasFocus(bubble(page, 'fourth'));
    await page.keyboard.press('r');
    await page.getByText('Reply to jun').waitFor();
    await page.keyboard.press('Escape');

    // A narrow window hides the list: who goes back finds the row again.
    await page.setViewportSize({ width: 400, height: 800 });
    await page.getByRole('button', { name: 'Back' }).press('Enter');
    await hasFocus(row(page, 'jun'));
    await page.keyboard.press('Enter');
    await hasFocus(page.getByRole('textbox', { name: 'Message' }));
    await page.setViewportSize(DESKTOP.viewport);
    expect(town.complaints).toEqual([]);
  },
);

browserTest('what is closed gives the focus back to what opened it', async () => {
  const { page } = mina;
  await open('jun');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const openers: readonly (readonly [Locator, string, 'menu' | 'dialog'])[] = [
    [row(page, 'jun'), 'Shift+F10', 'menu'],
    [button('Search'), 'Enter', 'dialog'],
    [button('What to do with this conversation'), 'Enter', 'menu'],
    [button('Search in this conversation'), 'Enter', 'dialog'],
    [button('More ways to write'), 'Enter', 'menu'],
    [button('Put in an emoji'), 'Enter', 'dialog'],
    [bubble(page, 'fourth'), 'Enter', 'menu'],
    [bubble(page, 'mine').getByRole('button', { name: 'What to do with this message' }), 'Enter', 'menu'],
  ];
  for (const [opener, key, what] of openers) {
    await opener.focus();
    await page.keyboard.press(key);
    await close(what);
    await hasFocus(opener);
  }
  // What a menu leads to gives it back, too.
  for (const item of ['Forward', 'Report', 'More emojis']) {
    await bubble(page, 'fourth').focus();
    await page.keyboard.press('Enter');
    await opened('menu');
    await page.getByRole('menuitem', { name: item, exact: true }).press('Enter');
    await close('dialog');
    await hasFocus(bubble(page, 'fourth'), true);
  }
  await page.goto(`${town.url}/#/settings`);
  await button('Sign out').focus();
  await page.keyboard.press('Enter');
  await close('alertdialog');
  await hasFocus(button('Sign out'));
  await page.goto(`${town.url}/#/people`);
  await page.getByRole('button', { name: /^My link/ }).focus();
  await page.keyboard.press('Enter');
  await close('dialog');
  await hasFocus(page.getByRole('button', { name: /^My link/ }));
  expect(town.complaints).toEqual([]);
});

browserTest('the focus has a place when what had it is deleted, or left', async () => {
  const { page } = mina;
  await open('jun');
  const choose = async (text: string, item: string) => {
    await bubble(page, text).focus();
    await page.keyboard.press('Enter');
    await opened('menu');
    await page.getByRole('menuitem', { name: item }).press('Enter');
    await opened('alertdialog');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
  };
  await choose('second', 'Delete for me');
  await bubble(page, 'second').waitFor({ state: 'detached' });
  await hasFocus(bubble(page, 'third'));
  await say(mina, 'a slip');
  await bubble(jun.page, 'a slip').waitFor();
  await choose('a slip', 'Delete for everybody');
  await hasFocus(bubble(page, 'Deleted message'), true);

  await page.goto(`${town.url}/#/new`);
  await page.getByRole('button', { name: 'New group' }).press('Enter');
  await page.getByLabel('Name of the group').fill('Short');
  await page.getByRole('button', { name: 'Make the group' }).press('Enter');
  await page.getByRole('heading', { name: 'Short' }).waitFor();
  // Who opens a conversation can write at once.
  await hasFocus(page.getByRole('textbox', { name: 'Message' }));
  await row(page, 'Short').focus();
  await page.keyboard.press('Shift+F10');
  await opened('menu');
  await page.getByRole('menuitem', { name: 'Leave' }).press('Enter');
  await opened('alertdialog');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).press('Enter');
  // What was left stays to be read, until the user wants it gone.
  await row(page, 'Short').filter({ hasText: 'You left' }).focus();
  await page.keyboard.press('Shift+F10');
  await opened('menu');
  await page.getByRole('menuitem', { name: 'Delete from this device' }).press('Enter');
  await opened('alertdialog');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await row(page, 'Short').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement !== document.body);
  expect(town.complaints).toEqual([]);
});

browserTest(
  'a message is one thing to who hears the page, and is said once; what was there, and one’s own, is not',
  async () => {
    const { page } = mina;
    await page.goto(`${town.url}/#/`);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      const live =
        '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive], [role=log]:not([aria-live=off])';
      const look = (records: readonly MutationRecord[]) => {
        for (const { target, addedNodes } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          if (element?.closest(live) !== null)
            for (const node of addedNodes) heard.push(node.textContent ?? '');
        }
      };
      new MutationObserver(look).observe(document.body, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
    const heard = () =>
      page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.filter((text) => text !== ''));
    await row(page, 'jun').click();
    await page.getByRole('article', { name: /^jun fourth \d+:\d+ [AP]M$/ }).waitFor();
    await page.getByRole('article', { name: /^You mine \d+:\d+ [AP]M Read$/ }).waitFor();
    await say(jun, 'are you there?');
    await bubble(page, 'are you there?').waitFor();
    await say(mina, 'I am');
    await say(jun, 'good');
    await bubble(page, 'good').waitFor();
    // What was heard first comes again in no other way, either: by the list, by the row of the conversation.
    await page.waitForFunction(() =>
      (globalThis as unknown as { heard: string[] }).heard.some((text) => text.includes('good')),
    );
    expect(await heard()).toEqual(['jun: are you there?', 'jun: good']);
    expect(town.complaints).toEqual([]);
  },
);

browserTest('nothing moves for who asked the system for that', async () => {
  const { page } = mina;
  await open('jun');
  const moving = () =>
    page.evaluate(() => {
      const durations = [...document.querySelectorAll('body *')].flatMap((element) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
        return [transitionDuration, animationName === 'none' ? '0s' : animationDuration];
      });
      return durations.filter((each) => each.split(', ').some((one) => Number.parseFloat(one) > 0)).length;
    });
  expect(await moving()).toBe(0);
  await bubble(page, 'fourth').getByText('fourth').click({ button: 'right' });
  await page.getByRole('menu').waitFor();
  expect(await moving()).toBe(0);
  await close('menu');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  expect(await moving()).toBe(0);
  await close('dialog');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving()).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

browserTest(
  'from right to left the list stands at the right, and what points somewhere points the other way',
  async () => {
    const { page } = mina;
    await page.evaluate(() => localStorage.setItem('maru.direction', 'rtl'));
    await page.reload();
    await open('jun');
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    const left = async (locator: Locator) => (await locator.boundingBox())?.x ?? Number.NaN;
    expect(await left(page.getByRole('navigation'))).toBeGreaterThan(await left(page.getByRole('log')));
    // Whose messages they are is still told by their side.
    expect(await left(bubble(page, 'mine').getByText('mine'))).toBeLessThan(
      await left(bubble(page, 'fourth').getByText('fourth')),
    );
    await page.setViewportSize({ width: 400, height: 800 });
    const arrow = page.getByRole('button', { name: 'Back' }).locator('svg');
    expect(await arrow.evaluate((icon) => getComputedStyle(icon).scale)).toMatch(/^-1/);
    await page.setViewportSize(DESKTOP.viewport);
    await page.evaluate(() => localStorage.removeItem('maru.direction'));
    await page.reload();
    await page.waitForFunction(() => document.documentElement.dir === 'ltr');
    expect(town.complaints).toEqual([]);
  },
);
