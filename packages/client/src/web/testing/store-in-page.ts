import type { Page } from 'playwright-core';
import { StoreFailed, type StoreFault } from '../../store/store-failed.ts';
import type { SharedStore } from '../../tabs/shared-store.ts';
import type { StorePage } from './store-page.ts';

declare const storePage: StorePage;

/** A store of a page, as if it were here. */
export async function storeInPage(page: Page, name: string): Promise<SharedStore> {
  const index = await page.evaluate((given) => storePage.open(given), name);
  const call = async (method: Exclude<keyof SharedStore, symbol>, args: unknown[]): Promise<never> => {
    const answer = await page.evaluate(([store, called, given]) => storePage.call(store, called, given), [
      index,
      method,
      args,
    ] as const);
    if ('failed' in answer) throw new StoreFailed(answer.failed as StoreFault, answer.message);
    return withMaps(answer.given) as never;
  };
  return {
    load: () => call('load', []),
    loadAt: () => call('loadAt', []),
    apply: (changes) => call('apply', [changes]),
    events: (...args) => call('events', args),
    nextExpiry: () => call('nextExpiry', []),
    lead: (tab) => call('lead', [tab]),
    change: (...args) => call('change', args),
    give: (acts) => call('give', [acts]),
    given: () => call('given', []),
    close: () => call('close', []),
  };
}

function withMaps(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('entries' in value && Array.isArray(value.entries)) return new Map(value.entries);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withMaps(each)]));
}
