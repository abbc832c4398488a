import { afterAll, beforeAll, beforeEach, expect } from 'bun:test';
import type { MaruClient } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import type { Page } from 'playwright-core';
import { bareDevice } from './bare-device.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { bubble, field, type Person, PHONE, say, Town } from './town.ts';

const START_MS_MAX = 120_000;
const HOUR_MS = 3_600_000;
/** Long enough to be seen by whoever it is for. */
const SHORT_S = 10;
/** How long the server is given before what is due soon. */
const SOON_MS = 5_000;

let town: Town;
let mina: Person;
let jun: Person;
let friend: MaruClient;
let room: RoomId;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  mina = await town.signUp('mina');
  jun = await town.signUp('jun', PHONE);
  friend = await bareDevice(town.url, 'friend');
  const [a, b] = await Promise.all([friend.findPerson('mina'), friend.findPerson('jun')]);
  const making = await friend.commands.createGroup('Porch', [a.user, b.user]);
  expect(await making.outcome()).toMatchObject({ kind: 'accepted' });
  ({ room } = making);
  // Who sets how long messages stay.
  const raising = await friend.commands.setRole(room, a.user, 'administrator');
  expect(await raising.outcome()).toMatchObject({ kind: 'accepted' });
}, START_MS_MAX);
afterAll(async () => {
  await friend?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  town?.complaints.splice(0);
  for (const { page } of [mina, jun]) await page.goto(`${town.url}/#/room/${room}`);
});

const preview = (page: Page, text: string) =>
  page.getByRole('navigation').getByRole('link', { name: /Porch/ }).getByText(text);

async function openSchedule(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.getByRole('button', { name: 'More ways to write' }).click();
  await page.getByRole('menuitem', { name: 'Send later' }).click();
}

/** A moment as the field has it, by the clock of the page. */
function inField(page: Page, aheadMs: number): Promise<string> {
  return page.evaluate((ms) => {
    const at = new Date(Date.now() + ms);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  }, aheadMs);
}

browserTest('a message that is sent later comes when it is time, and waits no more', async () => {
  const { page } = mina;
  await openSchedule(page, 'on the minute');
  await page.getByLabel('Another time').fill(await inField(page, SOON_MS));
  await page.getByRole('dialog').getByRole('button', { name: 'Send then' }).click();
  expect(await field(page).inputValue()).toBe('');
  await bubble(jun.page, 'on the minute').waitFor();
  await bubble(page, 'on the minute').waitFor();
  await page.getByRole('button', { name: 'More ways to write' }).click();
  await page.getByRole('menuitem', { name: 'Nothing is scheduled' }).waitFor();
  await page.keyboard.press('Escape');
  expect(town.complaints).toEqual([]);
});

browserTest('a message whose time is over goes for all who look, and from the list', async () => {
  const { page } = mina;
  await (await friend.commands.setTimer(room, SHORT_S)).outcome();
  await page
    .getByRole('img', { name: /vanish/ })
    .first()
    .waitFor();
  // All look from before it comes: it may be gone for who looks one after the other.
  const isSeen = Promise.all([
    bubble(page, 'for a moment').waitFor(),
    bubble(jun.page, 'for a moment').waitFor(),
    preview(page, 'for a moment').waitFor(),
  ]);
  await say(mina, 'for a moment');
  await isSeen;
  for (const one of [page, jun.page]) await bubble(one, 'for a moment').waitFor({ state: 'detached' });
  await preview(page, 'for a moment').waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});

browserTest(
  'over a restart of the server what is scheduled is sent, and what was to vanish is gone',
  async () => {
    const { page } = mina;
    await page.locator('[role=main] a[href^="#/details/"]').click();
    const details = page.getByRole('complementary', { name: 'Details' });
    await details.getByLabel('Messages vanish').selectOption('3600');
    await page.getByText('You set messages to vanish after 1 hour').first().waitFor();
    await say(mina, 'for an hour');
    await bubble(jun.page, 'for an hour').waitFor();
    await openSchedule(page, 'in an hour');
    await page.getByRole('button', { name: /In an hour/ }).click();
    await page.getByRole('button', { name: 'More ways to write' }).click();
    await page.getByRole('menuitem', { name: '1 scheduled message' }).waitFor();
    await page.keyboard.press('Escape');

    // A restart alone sends nothing, and lets nothing vanish.
    await town.restartServer();
    await say(mina, 'before it is time');
    await bubble(jun.page, 'before it is time').waitFor();
    await bubble(jun.page, 'for an hour').waitFor();
    expect(await bubble(jun.page, 'in an hour').count()).toBe(0);

    await town.restartServer(HOUR_MS);
    for (const one of [page, jun.page]) {
      await bubble(one, 'in an hour').waitFor();
      for (const text of ['for an hour', 'before it is time'])
        await bubble(one, text).waitFor({ state: 'detached' });
    }
    await preview(page, 'in an hour').waitFor();
    // Nor is there anything of it in a browser that has it from before.
    await jun.page.reload();
    await bubble(jun.page, 'in an hour').waitFor();
    // What it had not forgotten yet when it was loaded again, it forgets now.
    await bubble(jun.page, 'for an hour').waitFor({ state: 'detached' });
    expect(await bubble(jun.page, 'in an hour').count()).toBe(1);
    expect(town.complaints).toEqual([]);
  },
);
