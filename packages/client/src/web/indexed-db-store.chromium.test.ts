import { afterAll, beforeAll, expect, test } from 'bun:test';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { testClientStore } from '../testing/client-store.contract.ts';
import { cursorAt, message, messages, ROOM } from '../testing/fixtures.ts';
import { testSharedStore } from '../testing/shared-store.contract.ts';
import { type BrowserUnderTest, describeInChromium, startBrowser } from './testing/chromium.ts';
import { reasonOf } from './testing/reason-of.ts';
import { storeInPage } from './testing/store-in-page.ts';

describeInChromium(() => {
  let browser: BrowserUnderTest;
  let page: Page;
  let names = 0;

  beforeAll(async () => {
    browser = await startBrowser(path.join(import.meta.dir, 'testing/store-page.ts'));
    page = await browser.openPage();
  });
  afterAll(async () => browser?.[Symbol.asyncDispose]());

  testClientStore('Chromium', () => {
    const name = `contract-${names++}`;
    return { open: () => storeInPage(page, name), reopen: () => storeInPage(page, name) };
  });

  testSharedStore('Chromium', () => {
    const name = `shared-${names++}`;
    return () => storeInPage(page, name);
  });

  test('[STORE1] Chromium: what was applied is there when its page was killed at once', async () => {
    const killed = await browser.openPage();
    const store = await storeInPage(killed, 'killed');
    await store.apply([
      { kind: 'cursor', cursor: cursorAt(3) },
      { kind: 'events', room: ROOM, events: messages(1, 3) },
    ]);
    await killed.close({ runBeforeUnload: false });
    const again = await storeInPage(page, 'killed');
    expect((await again.load()).cursor).toBe(cursorAt(3));
    expect(await again.events(ROOM, 1, 9)).toEqual(messages(1, 3));
  });

  test('[STORE3] Chromium: a store without space says so, and keeps what it has', async () => {
    // Another origin, of which the browser has not remembered yet how much space there is.
    const small = await browser.openPage('http://localhost:1');
    const { origin } = new URL(small.url());
    const session = await browser.context.newCDPSession(small);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
    const store = await storeInPage(small, 'full');
    await store.apply([{ kind: 'cursor', cursor: cursorAt(1) }]);
    // By chance, as the browser would compress anything else.
    const random = () => crypto.getRandomValues(new Uint8Array(50_000)).toHex();
    const events = Array.from({ length: 5 }, (_, i) =>
      message(i + 1, { content: { type: 'text', text: random() } }),
    );
    const apply = store.apply([
      { kind: 'cursor', cursor: cursorAt(2) },
      { kind: 'events', room: ROOM, events },
    ]);
    expect(await reasonOf(apply)).toBe('full');
    expect((await store.load()).cursor).toBe(cursorAt(1));
    expect(await store.events(ROOM, 1, 9)).toEqual([]);
    await store.apply([{ kind: 'cursor', cursor: cursorAt(3) }]);
    expect((await store.load()).cursor).toBe(cursorAt(3));
  });
});
