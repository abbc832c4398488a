import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import { createApi, createClient, MemoryStore, systemEnvironment } from '@maru/client';
import { limits, type SignedIn } from '@maru/protocol';
import type { Page } from 'playwright-core';
import { bareDevice } from './bare-device.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, type Person, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);

let town: Town;
let a: Person;
let b: Person;
beforeAll(async () => {
  if (!hasBrowser) return;
  // More sign up than one address may in a minute.
  town = await Town.start(['--rate-log-ins', '1000']);
  b = await town.signUp('near.b');
  a = await town.signUp('near.a', DESKTOP, '#/with/near.b');
  await a.page.getByRole('heading', { name: 'near.b' }).waitFor();
  await say(a, 'hello');
  await b.page.goto(`${town.url}/#/with/near.a`);
  await b.page.getByRole('button', { name: 'Accept' }).click();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town.complaints.splice(0));

const row = (page: Page) => page.getByRole('navigation').getByRole('link', { name: /near\.b/ });

/** As if the page were behind another one. */
function setSeen(page: Page, state: 'visible' | 'hidden'): Promise<void> {
  return page.evaluate((shown) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: shown });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

browserTest('the dot in the list, the header, the members and the profile follow who is there', async () => {
  const { page } = a;
  const dot = (state: string) => row(page).getByRole('img', { name: state });
  const header = page.locator('[role=main] a[href^="#/details/"]').filter({ hasText: 'near.b' });
  await dot('Online').waitFor();
  await header.getByText('Online').waitFor();
  await header.click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText('Online').waitFor();

  await setSeen(b.page, 'hidden');
  await dot('Away').waitFor();
  await header.getByText('Away').waitFor();
  await details.getByText('Away').waitFor();
  await setSeen(b.page, 'visible');
  await dot('Online').waitFor();

  // A group: how many are there, and who.
  await page.goto(`${town.url}/#/new`);
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel('Name of the group').fill('Porch');
  await page.getByRole('button', { name: /near\.b/ }).click();
  await page.getByRole('button', { name: 'Make the group with 1 person' }).click();
  await page.getByRole('heading', { name: 'Porch' }).waitFor();
  await page.getByText('2 members, 2 here').waitFor();
  await page.locator('[role=main] a[href^="#/details/"]').click();
  const member = details.getByRole('listitem').filter({ hasText: '@near.b' });
  await member.getByRole('img', { name: 'Online' }).waitFor();
  await setSeen(b.page, 'hidden');
  await member.getByRole('img', { name: 'Away' }).waitFor();
  await setSeen(b.page, 'visible');
  await member.getByRole('img', { name: 'Online' }).waitFor();

  // Who signs out is gone at once, and was there just now.
  await b.page.goto(`${town.url}/#/settings`);
  await b.page.getByRole('button', { name: 'Sign out' }).click();
  await b.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('2 members, 1 here').waitFor();
  await member.getByRole('img').waitFor({ state: 'detached' });
  await row(page).getByRole('img').waitFor({ state: 'detached' });
  await row(page).click();
  await header.getByText(/^Last here/).waitFor();
  await header.click();
  await details.getByText(/^Last here/).waitFor();
  expect(town.complaints).toEqual([]);
});

browserTest(
  'who hides when they are here is offline to everybody, and sees others all the same',
  async () => {
    const hider = await town.signUp('hide.c', DESKTOP, '#/with/near.a');
    const { page } = hider;
    await page.getByRole('heading', { name: 'near.a' }).waitFor();
    await say(hider, 'hi');
    await a.page.goto(`${town.url}/#/with/hide.c`);
    await a.page.getByRole('button', { name: 'Accept' }).click();
    const dot = a.page
      .getByRole('navigation')
      .getByRole('link', { name: /hide\.c/ })
      .getByRole('img');
    await dot.waitFor();
    await page.goto(`${town.url}/#/settings/privacy`);
    await page.getByText('Show when I am here').click();
    await dot.waitFor({ state: 'detached' });
    await page.goto(`${town.url}/#/with/near.a`);
    await page
      .locator('[role=main] a[href^="#/details/"]')
      .filter({ hasText: 'near.a' })
      .getByText('Online')
      .waitFor();
    expect(town.complaints).toEqual([]);
  },
);

browserTest(
  'in a group of more than a hundred the number who are here comes anew when it is asked for',
  async () => {
    const { page } = a;
    const { http } = systemEnvironment();
    const api = createApi({ baseUrl: town.url, http });
    const signedUp: SignedIn[] = [];
    for (let n = 1; n < limits.PRESENCE_LIVE_MEMBERS_MAX; n++) {
      const body = {
        handle: `many.${n}`,
        name: `Many ${n}`,
        password: 'correct horse',
        device: { name: 'away' },
      };
      signedUp.push(await api.signUp({ body }));
    }
    const [late] = signedUp;
    if (late === undefined) throw new Error('nobody has signed up');
    await using owner = await bareDevice(town.url, 'many.owner');
    const { user } = await owner.findPerson('near.a');
    const users = [user, ...signedUp.map((one) => one.user)];
    const making = await owner.commands.createGroup('Square', users);
    expect(await making.outcome()).toMatchObject({ kind: 'accepted' });
    await page.goto(`${town.url}/#/room/${making.room}`);
    await page.getByText('101 members, 2 here').waitFor();

    const comes = await createClient({ baseUrl: town.url, store: new MemoryStore(), signedIn: late });
    await comes.online();
    // Nobody tells of it; who wants to know looks again.
    const refresh = page.getByRole('button', { name: 'Look again who is here' });
    const lookUntil = async (text: string) => {
      for (let turns = 0; turns < 100 && !(await page.getByText(text).isVisible()); turns++) {
        await refresh.click();
        await Bun.sleep(100);
      }
      await page.getByText(text).waitFor();
    };
    await page.getByText('101 members, 2 here').waitFor();
    await lookUntil('101 members, 3 here');
    await comes.signOut();
    await comes[Symbol.asyncDispose]();
    await page.getByText('101 members, 3 here').waitFor();
    await lookUntil('101 members, 2 here');
    expect(town.complaints).toEqual([]);
  },
);
