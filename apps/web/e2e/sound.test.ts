import { afterAll, beforeAll, beforeEach, expect } from 'bun:test';
import type { MaruClient } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import type { BrowserContext, Page } from 'playwright-core';
import { bareDevice } from './bare-device.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, type Person, say, Town } from './town.ts';

const START_MS_MAX = 120_000;
/** One sound is two tones. */
const TONES = 2;
/** Between two sounds, in ms; the app's own, less what a clock of whole milliseconds loses. */
const PAUSE_MS = 1_490;

let town: Town;
let mina: Person;
let friend: MaruClient;
let direct: RoomId;
let group: RoomId;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  mina = await town.signUp('mina', DESKTOP, '', countTones);
  friend = await bareDevice(town.url, 'friend');
  const { user } = await friend.findPerson('mina');
  ({ room: direct } = await friend.commands.openDirect(user));
  await tell(friend, direct, 'hello');
  await mina.page.goto(`${town.url}/#/with/friend`);
  await mina.page.getByRole('button', { name: 'Accept' }).click();
  const making = await friend.commands.createGroup('Porch', [user]);
  await making.outcome();
  group = making.room;
  await mina.page.goto(`${town.url}/#/settings/notifications`);
  await mina.page.getByText('When a message comes').click();
  // Switched on, it is heard once: that is what to listen for.
  await mina.page.waitForFunction((tones) => Reflect.get(window, 'tones')?.length === tones, TONES);
}, START_MS_MAX);
afterAll(async () => {
  await friend?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});
beforeEach(() => town?.complaints.splice(0));

/** Keeps when each tone was begun, in all pages of a browser. */
async function countTones(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const begun: number[] = [];
    Reflect.set(window, 'tones', begun);
    const { start } = OscillatorNode.prototype;
    // Whether this machine has a device that sounds, and how soon, is no matter here: the app does not play late.
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = async function () {
      resume.call(this).catch(() => undefined);
    };
    OscillatorNode.prototype.start = function (when) {
      begun.push(Date.now());
      start.call(this, when);
    };
  });
}

const row = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name: new RegExp(name) });
const inList = (page: Page, text: string) => page.getByRole('navigation').getByText(text).waitFor();
const tonesIn = (page: Page): Promise<number[]> => page.evaluate(() => Reflect.get(window, 'tones'));

async function tell(from: MaruClient, room: RoomId, text: string, options = {}): Promise<void> {
  const outcome = await (await from.commands.send(room, text, options)).outcome();
  expect(outcome).toMatchObject({ kind: 'accepted' });
}

/** Forgets what was heard, also that it was just now: a sound that should not be is then one too many. */
async function listen(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    await page.evaluate(() => {
      localStorage.removeItem('maru.chimed');
      Reflect.get(window, 'tones').length = 0;
    });
  }
}

/** Something that is heard whatever was before, and nothing else was. */
async function onlyThisIsHeard(text: string, page = mina.page): Promise<void> {
  await page.evaluate(() => localStorage.removeItem('maru.chimed'));
  await tell(friend, direct, text);
  await inList(page, text);
  await page.waitForFunction(() => Reflect.get(window, 'tones').length > 0);
  expect(await tonesIn(page)).toHaveLength(TONES);
}

/** As if another window had the focus, or the page were behind another one. */
function lookAway(page: Page, isAway: boolean): Promise<void> {
  return page.evaluate((away) => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => !away });
    window.dispatchEvent(new Event(away ? 'blur' : 'focus'));
  }, isAway);
}

/** Waits until all tabs know that nobody looks at any of them: the browser tells it a moment later. */
async function nobodyLooks(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.every(({ name }) => name !== 'maru.looked-at');
  });
}

browserTest('a message is heard where another room is open, and not where one reads it', async () => {
  const { page } = mina;
  await page.goto(`${town.url}/#/room/${group}`);
  await page.getByRole('heading', { name: 'Porch' }).waitFor();
  await listen(page);
  await tell(friend, group, 'you read this');
  await page.getByRole('article').filter({ hasText: 'you read this' }).waitFor();
  await say(mina, 'my own');
  await inList(page, 'my own');
  await onlyThisIsHeard('from another room');
  expect(town.complaints).toEqual([]);
});

browserTest('what comes into the open room is heard while nobody looks at the window', async () => {
  const { page } = mina;
  await lookAway(page, true);
  await nobodyLooks(page);
  await listen(page);
  await tell(friend, group, 'are you still there?');
  await page.waitForFunction(() => Reflect.get(window, 'tones').length > 0);
  await lookAway(page, false);
  expect(await tonesIn(page)).toHaveLength(TONES);
  expect(town.complaints).toEqual([]);
});

browserTest('a muted room is silent but for mentions, where these are set to be heard', async () => {
  const { page } = mina;
  const { user } = await friend.findPerson('mina');
  const mention = { entities: [{ type: 'mention', offset: 0, length: 5, user }] };
  const mute = async (exceptMentions: boolean) => {
    await row(page, 'Porch').click({ button: 'right' });
    // It takes the focus a frame after it is there.
    await page.locator('[role=menu]:focus-within').waitFor();
    await page.getByRole('menuitem', { name: 'Mute' }).press('Enter');
    const box = page.getByRole('menuitemcheckbox', { name: 'Except when I am mentioned' });
    if ((await box.isChecked()) !== exceptMentions) await box.click();
    await page.getByRole('menuitem', { name: '8 hours' }).click();
    await row(page, 'Porch').getByLabel('Muted').waitFor();
  };
  await page.goto(`${town.url}/#/`);
  await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
  await mute(true);
  await listen(page);
  await tell(friend, group, 'not to be heard');
  await inList(page, 'not to be heard');
  expect(await tonesIn(page)).toEqual([]);
  await tell(friend, group, '@mina do you hear?', mention);
  await page.waitForFunction(() => Reflect.get(window, 'tones').length > 0);
  expect(await tonesIn(page)).toHaveLength(TONES);

  const unmute = async () => {
    await row(page, 'Porch').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Unmute' }).click();
    await row(page, 'Porch').getByLabel('Muted').waitFor({ state: 'detached' });
  };
  await unmute();
  await mute(false);
  await listen(page);
  await tell(friend, group, '@mina nor this', mention);
  await inList(page, 'nor this');
  // That it is not muted any more brings nothing new.
  await unmute();
  await onlyThisIsHeard('from a room that is not muted');
  expect(town.complaints).toEqual([]);
});

browserTest('strangers and those who are blocked are not heard', async () => {
  const { page } = mina;
  await using stranger = await bareDevice(town.url, 'stranger');
  const { user } = await stranger.findPerson('mina');
  await listen(page);
  const { room } = await stranger.commands.openDirect(user);
  await tell(stranger, room, 'buy this');
  await page.getByRole('link', { name: /Requests/ }).waitFor();
  await onlyThisIsHeard('before anybody is accepted');

  // Who is accepted has written before.
  await listen(page);
  await page.getByRole('link', { name: /Requests/ }).click();
  await row(page, 'stranger').click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await page.goto(`${town.url}/#/`);
  await onlyThisIsHeard('after somebody is accepted');

  // In a group, what somebody writes who is blocked comes folded, and silently.
  const added = await friend.commands.addMembers(group, [stranger.user]);
  expect(await added.outcome()).toMatchObject({ kind: 'accepted' });
  await row(page, 'stranger').click();
  await page.locator('[role=main] a[href^="#/details/"]').click();
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByText('You block them: neither hears of the other.').waitFor();
  await page.goto(`${town.url}/#/`);
  await listen(page);
  const unread = row(page, 'Porch').getByText(/\d+ unread message/);
  const before = await unread.innerText();
  await stranger.until(() => stranger.room(group) !== undefined);
  await tell(stranger, group, 'buy this, everybody');
  await unread.filter({ hasNotText: before }).waitFor();
  await onlyThisIsHeard('after somebody is blocked');
  expect(town.complaints).toEqual([]);
});

browserTest('many at once are one sound, in one of several tabs', async () => {
  const { page } = mina;
  const other = await town.openTab(page.context());
  await inList(other, 'after somebody is blocked');
  const tabs = [page, other];
  const many = 30;
  await listen(...tabs);
  const sendings = [];
  for (let n = 1; n <= many; n++) sendings.push(await friend.commands.send(direct, `of many ${n}`));
  await Promise.all(sendings.map((sending) => sending.outcome()));
  for (const tab of tabs) await inList(tab, `of many ${many}`);
  await onlyOneOf(tabs);

  // Nobody looks at any of them: one is heard all the same.
  for (const tab of tabs) await lookAway(tab, true);
  await nobodyLooks(page);
  await listen(...tabs);
  await tell(friend, direct, 'to an empty chair');
  for (const tab of tabs) await inList(tab, 'to an empty chair');
  await onlyOneOf(tabs);

  // One of them has the conversation open, and somebody looks at it: the other is silent.
  await page.goto(`${town.url}/#/with/friend`);
  await page.getByText('New messages').waitFor();
  await lookAway(page, false);
  await listen(...tabs);
  await tell(friend, direct, 'read in the one tab');
  for (const tab of tabs) await inList(tab, 'read in the one tab');
  await tell(friend, group, 'heard in the one tab');
  for (const tab of tabs) await inList(tab, 'heard in the one tab');
  await page.waitForFunction(() => Reflect.get(window, 'tones').length > 0);
  expect(await tonesIn(page)).toHaveLength(TONES);
  expect(await tonesIn(other)).toEqual([]);

  // One of them is kept silent by its browser, as nobody has touched it yet: the other is heard, though it comes later.
  await other.evaluate(() => {
    AudioContext.prototype.resume = () => new Promise(() => undefined);
  });
  await page.evaluate(() => {
    const { request } = LockManager.prototype;
    LockManager.prototype.request = async function (this: LockManager, ...given: unknown[]) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return Reflect.apply(request, this, given);
    };
  });
  await lookAway(page, true);
  await nobodyLooks(page);
  await listen(...tabs);
  await tell(friend, group, 'to whoever may be heard');
  await page.waitForFunction(() => Reflect.get(window, 'tones').length > 0);
  expect(await tonesIn(page)).toHaveLength(TONES);
  await page.reload();
  await other.close();
  expect(town.complaints).toEqual([]);
});

/** Sounds of all tabs together are as far apart as those of one. */
async function onlyOneOf(tabs: readonly Page[]): Promise<void> {
  const begun = async () => (await Promise.all(tabs.map(tonesIn))).flat().sort((a, b) => a - b);
  while ((await begun()).length === 0) await Bun.sleep(50);
  const sounds = (await begun()).filter((_, index) => index % TONES === 0);
  for (const [index, at] of sounds.slice(1).entries())
    expect(at - (sounds[index] ?? 0)).toBeGreaterThanOrEqual(PAUSE_MS);
}

browserTest('with the sound off nothing is heard', async () => {
  const { page } = mina;
  await page.goto(`${town.url}/#/settings/notifications`);
  await page.getByText('When a message comes').click();
  expect(await page.getByRole('switch', { name: /Sound/ }).isChecked()).toBe(false);
  await listen(page);
  await tell(friend, direct, 'into the silence');
  await page.goto(`${town.url}/#/`);
  await inList(page, 'into the silence');
  expect(await tonesIn(page)).toEqual([]);
  // Switched on again it is heard once, and what came meanwhile is not.
  await page.goto(`${town.url}/#/settings/notifications`);
  await page.getByText('When a message comes').click();
  await page.waitForFunction(() => Reflect.get(window, 'tones').length > 0);
  expect(await tonesIn(page)).toHaveLength(TONES);
  expect(town.complaints).toEqual([]);
});
