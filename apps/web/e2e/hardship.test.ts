import { afterAll, beforeAll, beforeEach, expect } from 'bun:test';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { SeededChance } from '../demo/seeded-chance.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { bubble, DESKTOP, field, type Person, PHONE, type Prepare, say, Town } from './town.ts';

const START_MS_MAX = 120_000;
const HOUR_MS = 3_600_000;
/** More than any test has. */
const AGES_MS = 600_000;
const SEED = Number(process.env.MARU_TEST_SEED ?? Date.now() % 1_000_000);

let town: Town;
let mina: Person;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  mina = await town.signUp('mina');
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

/** Somebody new who talks with Mina; both have the conversation open. */
async function friend(handle: string, options: BrowserContextOptions = DESKTOP, prepare?: Prepare) {
  const one = await town.signUp(handle, options, '#/with/mina', prepare);
  await say(one, `hello from ${handle}`);
  await mina.page.goto(`${town.url}/#/with/${handle}`);
  await mina.page.getByRole('button', { name: 'Accept' }).click();
  await say(mina, `hello ${handle}`);
  await bubble(one.page, `hello ${handle}`).waitFor();
  return one;
}

/** Ends the process of a page, as a system does that needs its memory. */
async function crash(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

browserTest('on a slow network the app opens at once, and what is written goes out in order', async () => {
  const { page } = await friend('slow', PHONE);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  // What browsers' tools call "slow 3G".
  const slow = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
  // So slow at first that no answer can come as long as this is looked at.
  await devtools.send('Network.emulateNetworkConditions', { ...slow, latency: AGES_MS });
  await page.reload();
  // What is known is here before anybody was asked.
  await bubble(page, 'hello slow').waitFor();
  const lines = ['one', 'two', 'three'].map((word) => `slowly ${word}`);
  for (const line of lines) {
    await say({ page }, line);
    await bubble(page, line).waitFor();
  }
  await devtools.send('Network.emulateNetworkConditions', slow);
  await bubble(mina.page, 'slowly three').waitFor();
  const order = await bubble(mina.page, 'slowly').allTextContents();
  expect(order.map((text) => /slowly (\w+)/.exec(text)?.[0])).toEqual(lines);
  await say(mina, 'I can wait');
  await bubble(page, 'I can wait').waitFor();
  expect(await page.getByRole('status').getByText('Offline').count()).toBe(0);
  expect(town.complaints).toEqual([]);
});

/** The device's clock is wrong by so much. */
const skewed = (ms: number) => async (context: BrowserContext) => {
  await context.addInitScript((off) => {
    const Right = Date;
    class Wrong extends Right {
      constructor(...given: []) {
        if (given.length > 0) super(...given);
        else super(Right.now() + off);
      }
      static override now() {
        return Right.now() + off;
      }
    }
    Object.assign(globalThis, { Date: Wrong });
  }, ms);
};

for (const [handle, ms] of [
  ['ahead', HOUR_MS],
  ['behind', -HOUR_MS],
] as const) {
  browserTest(
    `with a clock that is an hour ${handle} the order and the times stay those of the room`,
    async () => {
      const { page } = await friend(handle, DESKTOP, skewed(ms));
      expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - ms)).toBeLessThan(60_000);
      for (const turn of [1, 2]) {
        await say({ page }, `${handle} a${turn}`);
        await bubble(mina.page, `${handle} a${turn}`).waitFor();
        await say(mina, `${handle} b${turn}`);
        await bubble(page, `${handle} b${turn}`).waitFor();
      }
      // The room has given the last of both their times: until then it is the device's own guess.
      for (const last of [bubble(page, `${handle} a2`), bubble(mina.page, `${handle} b2`)])
        await last.getByLabel(/^(Sent|Delivered|Read)$/).waitFor();
      const times: number[][] = [];
      for (const one of [page, mina.page]) {
        const said = await bubble(one, new RegExp(`${handle} [ab]`)).allTextContents();
        expect(said.map((text) => / ([ab]\d)/.exec(text)?.[1])).toEqual(['a1', 'b1', 'a2', 'b2']);
        const at = await bubble(one, new RegExp(`${handle} [ab]`))
          .locator('time')
          .evaluateAll((all) => all.map((time) => Date.parse(time.getAttribute('datetime') ?? '')));
        expect(at).toEqual(at.toSorted((x, y) => x - y));
        times.push(at);
      }
      expect(times[0]).toEqual(times[1] as number[]);
      // Written last, it stands first in the list of both, and nobody typed or was here in the future.
      for (const one of [page, mina.page])
        await one.getByRole('navigation').getByRole('link').first().getByText(`${handle} b2`).waitFor();
      expect(town.complaints).toEqual([]);
    },
  );
}

browserTest('a tab that is killed at any moment has lost nothing that was on the screen', async () => {
  console.log(`MARU_TEST_SEED=${SEED}`);
  const chance = new SeededChance(SEED);
  const one = await friend('killed');
  const context = one.page.context();
  let { page } = one;
  const fragment = new URL(page.url()).hash;
  const shown: string[] = [];
  for (let round = 0; round < 8; round++) {
    const text = `round ${round} of ${SEED}`;
    await field(page).fill(text);
    const [written, sent] = [chance.between(0, 60), chance.between(0, 40)];
    if (written > 20) await page.waitForTimeout(written);
    await field(page).press('Enter');
    // Half of the time at once.
    if (sent > 20) {
      await page.waitForTimeout(sent);
      if ((await bubble(page, text).count()) > 0) shown.push(text);
    }
    await crash(page);
    page = await town.openTab(context, fragment);
    await bubble(page, 'hello killed').waitFor();
    // It was sent, or it is still written there.
    const isHere = page.waitForFunction((wanted) => {
      const said = [...document.querySelectorAll('article')].some((one) => one.textContent?.includes(wanted));
      return said || document.querySelector('textarea')?.value === wanted;
    }, text);
    await isHere.catch(() => undefined);
    const left = await field(page).inputValue();
    const bubbles = await bubble(page, text).count();
    expect({ round, left, bubbles }).toEqual(
      bubbles > 0 ? { round, left: '', bubbles: 1 } : { round, left: text, bubbles: 0 },
    );
    if (bubbles === 0) await field(page).fill('');
  }
  for (const text of shown) {
    await bubble(mina.page, text).waitFor();
    expect(await bubble(mina.page, text).count()).toBe(1);
  }
  expect(town.complaints).toEqual([]);
});

browserTest(
  'when the tab that has the connection is killed, the other goes on with what it left',
  async () => {
    const one = await friend('leader');
    const context = one.page.context();
    const other = await town.openTab(context, new URL(one.page.url()).hash);
    await bubble(other, 'hello leader').waitFor();
    await town.killServer();
    await say(one, 'left behind');
    await bubble(other, 'left behind').waitFor();
    await one.page.close({ runBeforeUnload: false });
    await say({ page: other }, 'gone on with');
    await town.restartServer();
    await bubble(mina.page, 'gone on with').waitFor();
    const order = await bubble(mina.page, /left behind|gone on with/).allTextContents();
    expect(order.map((text) => /left behind|gone on with/.exec(text)?.[0])).toEqual([
      'left behind',
      'gone on with',
    ]);
    await say(mina, 'are you still there?');
    await bubble(other, 'are you still there?').waitFor();
    expect(town.complaints).toEqual([]);
  },
);

browserTest('a server that starts anew while somebody types leaves no one typing for ever', async () => {
  const { page } = await friend('typist');
  const typing = mina.page.getByText('Typing…').first();
  // A notice may be lost, as one that is given while there is no connection is.
  const typeUntilSeen = async () => {
    let isSeen = false;
    for (let turns = 0; turns < 100 && !isSeen; turns++) {
      await field(page).pressSequentially('la ');
      await page.waitForTimeout(250);
      isSeen = await typing.isVisible();
    }
    expect(isSeen).toBe(true);
  };
  await typeUntilSeen();
  await town.killServer();
  await field(page).pressSequentially('do ');
  await town.restartServer();
  await typing.waitFor({ state: 'detached' });
  await typeUntilSeen();
  await page.keyboard.press('Enter');
  await bubble(mina.page, /^la .*do .*la/).waitFor();
  await typing.waitFor({ state: 'detached' });
  expect(town.complaints).toEqual([]);
});

/** The browser gives the server's pages so much space, in bytes; without a number as much as it likes. */
async function giveSpace(page: Page, quotaSize?: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', {
    origin: town.url,
    ...(quotaSize !== undefined && { quotaSize }),
  });
}

/** What can be done at all is done by then. */
const STEP_MS_MAX = 5_000;

/** Writes until the device is full. A browser looks how much space there is every half a minute only. */
async function writeUntilFull(page: Page): Promise<void> {
  const full = page.getByRole('heading', { name: 'This device is full' });
  for (let turns = 0; turns < 90 && !(await full.isVisible()); turns++) {
    // By chance, as the browser would compress anything else.
    const words = await page.evaluate(() => crypto.getRandomValues(new Uint8Array(10_000)).toHex());
    // Between two steps the field may go.
    if (await field(page).isVisible()) {
      const said = field(page).fill(words, { timeout: STEP_MS_MAX });
      await said
        .then(() => page.getByRole('button', { name: 'Send' }).click({ timeout: STEP_MS_MAX }))
        .catch(() => undefined);
    }
    await page.waitForTimeout(500);
  }
  await full.waitFor();
}

browserTest('a full device says so, and there are two ways on', async () => {
  const { page } = await friend('full', DESKTOP);
  const whole = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await giveSpace(page, whole);
  await writeUntilFull(page);
  await page.getByText('the server still has them').waitFor();
  await page.getByRole('button', { name: 'Go on without storing' }).click();
  await bubble(page, 'hello full').or(page.getByText('This browser keeps nothing')).first().waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await say({ page }, 'with nothing kept');
  await bubble(mina.page, 'with nothing kept').waitFor();

  await giveSpace(page);
  await page.reload();
  await say({ page }, 'and all is well again');
  await bubble(mina.page, 'and all is well again').waitFor();
  expect(await page.getByText('This browser keeps nothing').count()).toBe(0);
  expect(town.complaints).toEqual([]);
});

browserTest('a store of a newer version is left alone, and one can go on without it', async () => {
  const { page } = await friend('newer');
  const context = page.context();
  const fragment = new URL(page.url()).hash;
  await page.close();
  // The same origin, and nothing of the app.
  const bare = await context.newPage();
  await bare.goto(`${town.url}/icon.svg`);
  const raise = () =>
    bare.evaluate(async () => {
      const [{ name = '' } = {}] = await indexedDB.databases();
      return new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(name, 9_999);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          opening.result.close();
          resolve(opening.result.version);
        };
      });
    });
  expect(await raise()).toBe(9_999);
  const back = await town.openTab(context, fragment);
  await back.getByRole('heading', { name: 'There is a newer Maru' }).waitFor();
  const isLoaded = back.waitForEvent('load');
  await back.getByRole('button', { name: 'Load again' }).click();
  // The page that goes says it, too.
  await isLoaded;
  await back.getByRole('heading', { name: 'There is a newer Maru' }).waitFor();
  await back.getByRole('button', { name: 'Go on without storing' }).click();
  await bubble(back, 'hello newer').waitFor();
  await say({ page: back }, 'without the store');
  await bubble(mina.page, 'without the store').waitFor();
  expect(await raise()).toBe(9_999);
  expect(town.complaints).toEqual([]);
});

browserTest('where a browser keeps nothing, as in a private window, the app says so and works', async () => {
  // As some browsers have it in private windows.
  const { page } = await friend('private', PHONE, async (context) => {
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('no stores here', 'SecurityError');
      };
    });
  });
  await page.getByText('This browser keeps nothing').waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await say({ page }, 'in private');
  await bubble(mina.page, 'in private').waitFor();
  await page.getByRole('button', { name: 'Search in this conversation' }).click();
  await page.getByRole('combobox').fill('in private');
  await page.getByText('Nothing is found on this device.').waitFor();
  await page.keyboard.press('Escape');
  // The cookie still says who it is.
  await page.reload();
  await bubble(page, 'in private').waitFor();
  await page.getByText('This browser keeps nothing').waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('where making room on a full device does not help, it may be tried again', async () => {
  const { page } = await friend('stuffed');
  await page.context().addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('not a byte', 'QuotaExceededError');
    };
  });
  await page.reload();
  const makeRoom = page.getByRole('button', { name: 'Free some space' });
  await makeRoom.click();
  // A button that is not to be pressed is waited for.
  await makeRoom.click();
  await page.getByRole('heading', { name: 'This device is full' }).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest('where tabs have no locks, as at an address without TLS, one gets in and is told', async () => {
  const { page } = await friend('open', PHONE, async (context) => {
    await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'));
  });
  await page.getByText('This browser keeps nothing').waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await say({ page }, 'without locks');
  await bubble(mina.page, 'without locks').waitFor();
  expect(town.complaints).toEqual([]);
});
