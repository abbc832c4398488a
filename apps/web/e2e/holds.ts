import { expect } from 'bun:test';
import type { Page } from 'playwright-core';
import { field } from './town.ts';

/** Waits until so much is written where a message is: a draft is put there a moment after the field is in the page. */
export async function holds(page: Page, text: string): Promise<void> {
  const isThere = page.waitForFunction(
    (wanted) => document.querySelector('textarea')?.value === wanted,
    text,
  );
  // What stands there instead says more than that it took too long.
  await isThere.catch(() => undefined);
  expect(await field(page).inputValue()).toBe(text);
}
