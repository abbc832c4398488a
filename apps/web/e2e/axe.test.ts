import { afterAll, beforeAll, expect } from 'bun:test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, PHONE, Town } from './town.ts';
import { CHAPTERS } from './walk/screens.ts';
import { makeTownsfolk, type Townsfolk } from './walk/townsfolk.ts';
import { walk } from './walk/walk.ts';

/** Many people and all that they have said, on a busy machine. */
const START_MS_MAX = 300_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = [
  ['a phone', PHONE, 'ko'],
  ['a desktop', DESKTOP, 'en'],
] as const;

let town: Town;
let folk: Townsfolk;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  folk = await makeTownsfolk(town);
}, START_MS_MAX);
afterAll(async () => {
  await folk?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});

for (const [size, context, language] of SIZES) {
  for (const chapter of CHAPTERS) {
    browserTest(`axe finds nothing on ${size}, light and dark: ${chapter.name}`, async () => {
      const found: string[] = [];
      const options = { context: { ...context, reducedMotion: 'reduce' }, language } as const;
      await walk({ town, folk }, chapter, options, async (page, screen) => {
        const say = (fault: string) => found.push(`${screen}: ${fault}`);
        (await faultsOf(page)).forEach(say);
        // Nothing else of what it looks at follows from the theme.
        await page.emulateMedia({ colorScheme: 'dark' });
        (await faultsOf(page, ['color-contrast'])).forEach(say);
        await page.emulateMedia({ colorScheme: 'light' });
      });
      expect(found).toEqual([]);
    });
  }
}

/** What axe holds against a page, with what it is about. */
async function faultsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  // As the inspector does: the page's policy lets no script in.
  await page.evaluate(`globalThis.axe ?? (() => { ${AXE} })()`);
  // What is left out takes the focus only to hand it on, at the ends of what is open.
  const context = JSON.stringify({ exclude: ['[data-base-ui-focus-guard]'] });
  const options = JSON.stringify({ ...(rules && { runOnly: rules }), resultTypes: ['violations'] });
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(
    `axe.run(${context}, ${options})`,
  );
  const faults: string[] = [];
  for (const { id, nodes } of violations) {
    for (const { html, target, failureSummary } of nodes) {
      const isMenus = id === 'region' && (await isInMenu(page, String(target[0])));
      if (!isMenus) faults.push(`${id}: ${html} ${failureSummary}`);
    }
  }
  return faults;
}

/** A menu lies over the page, and is of none of its regions. */
function isInMenu(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((one) => document.querySelector(one)?.closest('[role=menu]') != null, selector);
}
