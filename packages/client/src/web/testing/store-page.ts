/** Runs in a browser: stores that a test outside works with by number. */
import { StoreFailed } from '../../store/store-failed.ts';
import type { SharedStore } from '../../tabs/shared-store.ts';
import { freeSpace } from '../free-space.ts';
import { openIndexedDbStore } from '../indexed-db-store.ts';

type Answer = { readonly given: unknown } | { readonly failed: string; readonly message: string };

export interface StorePage {
  open(name: string): Promise<number>;
  call(store: number, method: Exclude<keyof SharedStore, symbol>, args: unknown[]): Promise<Answer>;
  freeSpace(name: string): Promise<number>;
}

const stores: SharedStore[] = [];

const page: StorePage = {
  open: async (name) => stores.push(await openIndexedDbStore({ name })) - 1,
  call: async (index, method, args) => {
    try {
      const call = stores[index]?.[method] as (...args: unknown[]) => Promise<unknown>;
      return { given: plain(await call.apply(stores[index], args)) };
    } catch (error) {
      if (error instanceof StoreFailed) return { failed: error.reason, message: error.message };
      throw error;
    }
  },
  freeSpace,
};

/** A map has no way out of a page. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return { entries: [...value] };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

Object.assign(globalThis, { storePage: page });
