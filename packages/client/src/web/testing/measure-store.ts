/** `bun packages/client/src/web/testing/measure-store.ts`: what docs/adr says of the store of a browser. */
import path from 'node:path';
import { startBrowser } from './chromium.ts';

declare const measure: Record<'fill' | 'reopen' | 'writes', (name: string) => Promise<unknown>>;

await using browser = await startBrowser(path.join(import.meta.dir, 'measure-page.ts'));
const first = await browser.openPage();
const say = (what: string, result: unknown) => console.log(`${what}: ${JSON.stringify(result)}`);
say('filled, ms', await first.evaluate(() => measure.fill('measured')));
await first.close();
for (const round of [1, 2, 3]) {
  const page = await browser.openPage();
  say(`reopened ${round}, ms`, await page.evaluate(() => measure.reopen('measured')));
  await page.close();
}
const page = await browser.openPage();
say('writes, ms', await page.evaluate(() => measure.writes('measured')));
