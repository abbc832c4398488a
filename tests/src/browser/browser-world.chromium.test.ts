import { expect, test } from 'bun:test';
import { describeInChromium } from '@maru/client/testing/chromium';
import { browserWorld } from './browser-world.ts';

/** Runs in a page: has it put to sleep as it begins to read what all tabs of the device write into. */
const SLEEP_READING = `(async () => {
  const [{ name }] = await indexedDB.databases();
  const opening = indexedDB.open(name);
  await new Promise((resolve) => opening.addEventListener('success', resolve));
  const { sleep } = app;
  app.sleep = () => {
    opening.result.transaction(['given']).objectStore('given').getAll();
    return sleep();
  };
})()`;

describeInChromium(() => {
  test('who waits in a tab hears at once that a message came to nothing, and waits no longer than the test', async () => {
    const running = new AbortController();
    await using world = await browserWorld(running.signal);
    const { server, room, openTab } = world;
    const tab = await openTab();
    await tab.until('state', [], (state) => state === 'online');
    await tab.call('open', room);
    const other = await openTab();
    const endless = other.until('texts', [room], (texts) => texts.includes('never said')).catch(String);
    await server.kill9();
    await tab.call('send', room, 'to nobody');
    const accepted = tab.until('accepted', [], (count) => count === 1).catch(String);
    await tab.call('close');
    expect(await accepted).toContain('waited in vain (the client is closed): accepted gave 0');
    running.abort(new Error('the test is over'));
    expect(await endless).toContain('waited in vain (the test is over): texts gave [');
  });

  test('a tab that sleeps keeps the store from no other one', async () => {
    await using world = await browserWorld();
    const { room, openTab } = world;
    const first = await openTab();
    await first.until('state', [], (state) => state === 'online');
    const second = await openTab();
    await second.until('state', [], (state) => state === 'online');
    await first.page.evaluate(SLEEP_READING);
    const wake = await first.sleep();
    await second.call('send', room, 'stored');
    await wake();
  });
});
