import { describe, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Where Debian, its relatives, and macOS have it. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** Another place, and then no other: `off`, where nothing is, shows what is left out without a Chromium. */
const NAMED = process.env.MARU_TEST_CHROMIUM;
const PLACES = NAMED === undefined ? USUAL_PLACES : [NAMED];

/** The one Chromium that all tests and benchmarks run; `undefined`: there is none on this machine. */
export const CHROMIUM = PLACES.find((place) => existsSync(place));

/** Defines tests that need a browser; where there is none they are skipped as one, which says how to get it. */
export function describeInChromium(define: () => void): void {
  if (CHROMIUM !== undefined) describe('in a real browser', define);
  else {
    const how = 'no Chromium; apt-get install chromium, or name one by MARU_TEST_CHROMIUM';
    test.skipIf(true)(`in a real browser (skipped: ${how})`, () => undefined);
  }
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // A page that a test answers for itself seems to come from nowhere, and may reach no server of this machine.
  '--disable-features=LocalNetworkAccessChecks',
];

const PAGE = '<!doctype html><title>Maru</title><script type="module" src="/test-page.js"></script>';

/** A browser in which pages run a script. */
export interface BrowserUnderTest extends AsyncDisposable {
  readonly context: BrowserContext;
  /** Opens a page, once more each time: all of one origin share their storage. */
  openPage(origin?: string): Promise<Page>;
}

/**
 * Starts Chromium with an empty profile, on the disk as a person has it.
 *
 * @param script the file that the pages run; bundled here
 * @param origin where they seem to come from: what they ask of it besides, it is asked
 */
export async function startBrowser(script: string, origin = 'http://127.0.0.1:1'): Promise<BrowserUnderTest> {
  if (CHROMIUM === undefined) throw new Error('There is no Chromium on this machine.');
  const built = await Bun.build({ entrypoints: [script], target: 'browser' });
  const code = (await built.outputs[0]?.text()) ?? '';
  const profile = await mkdtemp(path.join(tmpdir(), 'maru-chromium-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS });
  await context.route('**/test-page', (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
  await context.route('**/test-page.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: code }),
  );
  return {
    context,
    openPage: async (at = origin) => {
      const page = await context.newPage();
      await page.goto(`${at}/test-page`);
      return page;
    },
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
