import { test } from 'bun:test';
import { CHROMIUM } from '@maru/client/testing/chromium';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

/** Time enough for a browser under load. */
const TEST_MS_MAX = 300_000;

/** A test that needs a browser: where there is none it says how to get one. */
export function browserTest(what: string, run: () => Promise<void>): void {
  const why =
    ' (skipped: no Chromium; install one, as by apt-get install chromium, or name it by MARU_TEST_CHROMIUM)';
  test.skipIf(CHROMIUM === undefined)(CHROMIUM === undefined ? what + why : what, run, TEST_MS_MAX);
}

export const hasBrowser = CHROMIUM !== undefined;

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** It asks nobody but the pages' own server for anything. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }), args: ARGUMENTS });
}

/** One that keeps what it knows in a folder, with more arguments. */
export function startBrowserWith(folder: string, more: readonly string[]): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
    args: [...ARGUMENTS, ...more],
  });
}
