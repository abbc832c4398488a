import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout } from 'bun:test';
import { browserTest, hasBrowser } from './browser.ts';
import { PHONE, say, Town } from './town.ts';

/** A browser beside others on a busy machine. */
const START_MS_MAX = 120_000;
setDefaultTimeout(60_000);
/** How long the server tells the same number of who is in a channel. */
const COUNT_KEPT_MS = 2_000;

let town: Town;
beforeAll(async () => {
  if (hasBrowser) town = await Town.start();
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());
beforeEach(() => town?.complaints.splice(0));

browserTest(
  'a channel is joined by a link that is looked at first, and says channel and readers',
  async () => {
    const owner = await town.signUp('radio.a');
    const { page } = owner;
    const openDetails = async () => {
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'What to do with this conversation' }).click();
      await page.getByRole('menuitem', { name: 'Details' }).click();
    };
    await page.goto(`${town.url}/#/channels`);
    await page.getByRole('button', { name: 'New channel' }).click();
    await page.getByLabel('Name of the channel').fill('Radio');
    await page.getByLabel('What it is for').fill('Songs of the day');
    await page.getByRole('dialog').getByText('Public', { exact: true }).click();
    await page.getByRole('button', { name: 'Make the channel' }).click();
    await page.getByText('You made the channel “Radio”').first().waitFor();
    await page.getByText('1 reader, 1 here').waitFor();
    const countedAt = performance.now();
    await say({ page }, 'first song');

    await page.getByRole('button', { name: 'What to do with this conversation' }).click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    const url = await page.getByText(/#join=/).innerText();
    await page.getByRole('button', { name: 'Close' }).last().click();

    // It is in no directory; the link shows what it leads to before anybody is in.
    const reader = await town.signUp('radio.b', PHONE, '#/channels');
    await reader.page.getByRole('heading', { name: 'No channels yet' }).waitFor();
    await reader.page.goto(`${town.url}/${new URL(url).hash}`);
    const sheet = reader.page.getByRole('dialog', { name: 'You are invited' });
    await sheet.getByText('Radio').last().waitFor();
    await sheet.getByText('Songs of the day').waitFor();
    await sheet.getByText('1 person').waitFor();
    await page.getByText('1 reader, 1 here').waitFor();
    // Whoever comes in is among those who are here once these are counted anew: a quick machine may be sooner.
    await page.waitForTimeout(Math.max(0, countedAt + COUNT_KEPT_MS - performance.now()));
    await sheet.getByRole('button', { name: 'Join' }).click();
    await reader.page.getByRole('article').filter({ hasText: 'first song' }).waitFor();
    await reader.page.getByText('Only administrators write here.').waitFor();
    // A phone has room for who is here. To look again opens nothing: it stands beside the way to the details.
    await reader.page.getByText('2 here', { exact: true }).waitFor();
    await reader.page.getByRole('button', { name: 'Look again who is here' }).click();
    await reader.page.getByRole('log').waitFor();
    expect(new URL(reader.page.url()).hash).toStartWith('#/room/');

    // The owner is told of it by no event, and sees it where they look.
    await openDetails();
    await page.getByText('Channel, 2 readers').waitFor();

    // In the details: readers, and who may write. The owner lets everybody.
    await reader.page.getByRole('button', { name: 'What to do with this conversation' }).click();
    await reader.page.getByRole('menuitem', { name: 'Details' }).click();
    await reader.page.getByText('Channel, 2 readers').waitFor();
    await reader.page.getByText('Who may write').waitFor();
    await reader.page.getByText('Administrators', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Write', exact: true }).selectOption('everyone');
    await reader.page.getByText('Everybody', { exact: true }).waitFor();
    await reader.page.getByRole('button', { name: 'Close' }).click();
    await say(reader, 'thank you');
    await page.getByRole('article').filter({ hasText: 'thank you' }).getByText('radio.b').waitFor();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Radio.*radio\.b: thank you/ })
      .waitFor();

    // Who leaves hears what that means.
    await reader.page.getByRole('button', { name: 'What to do with this conversation' }).click();
    await reader.page.getByRole('menuitem', { name: 'Leave' }).click();
    await reader.page.getByText('You hear nothing more of it.').waitFor();
    await reader.page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click();
    await reader.page.getByRole('heading', { name: 'Chats' }).waitFor();
    const row = reader.page.getByRole('navigation').getByRole('link', { name: /Radio/ });
    // The server has it by then: the details ask how many read the channel when they are opened.
    await row.getByText('You left').waitFor();
    await say(owner, 'last song');
    await openDetails();
    await page.getByText('Channel, 1 reader', { exact: true }).waitFor();
    // What was left stays to be read, until the user wants it gone.
    await row.click();
    await reader.page.locator('[role=main] a[href^="#/details/"]').click();
    await reader.page.getByRole('button', { name: 'Delete from this device' }).click();
    await reader.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await row.waitFor({ state: 'detached' });
    expect(town.complaints).toEqual([]);
  },
);
