import { afterAll, beforeAll, expect } from 'bun:test';
import { bareDevice } from './bare-device.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { say, Town } from './town.ts';

const START_MS_MAX = 120_000;
const SLOW_SECONDS = 10;

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());

browserTest('who writes too soon for slow mode sees for how long it waits, and it goes', async () => {
  const mina = await town.signUp('mina');
  await using owner = await bareDevice(town.url, 'owner');
  const { user } = await owner.findPerson('mina');
  const { room } = await owner.commands.createGroup('Calm', [user]);
  await (await owner.commands.setSlowMode(room, SLOW_SECONDS)).outcome();
  const { page } = mina;
  await page.goto(`${town.url}/#/room/${room}`);
  await page
    .getByText(/set slow mode/)
    .first()
    .waitFor();
  // Both wait for the server, and come to it one right behind the other, however slow the hands are.
  await town.killServer();
  await say(mina, 'the first');
  await say(mina, 'too soon');
  await town.restartServer();
  const second = page.getByRole('article').filter({ hasText: 'too soon' });
  await second.getByText(/^Slow mode: goes by itself in \d+ seconds?$/).waitFor();
  await second.getByLabel(/^(Sent|Delivered|Read)$/).waitFor();
  expect(await second.getByText(/^Slow mode/).count()).toBe(0);
  expect(town.complaints).toEqual([]);
});
