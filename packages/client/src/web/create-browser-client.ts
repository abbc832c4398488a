import type { MaruClient } from '../client.ts';
import type { StoreFailed } from '../store/store-failed.ts';
import { createTabClient, type TabClientOptions } from '../tabs/create-tab-client.ts';
import { openIndexedDbStore } from './indexed-db-store.ts';
import { storeFailed } from './store-fault.ts';
import { webTabs } from './web-tabs.ts';

export interface BrowserClientOptions extends Omit<TabClientOptions, 'store' | 'tabs' | 'name'> {
  /** Names the database and the tabs: one a device. Default: `maru`. */
  readonly name?: string;
  /** The store can't be used any more while nothing was asked of it: a tab with a later version took it over, for one. */
  readonly onStoreFailed?: (error: StoreFailed) => void;
}

/**
 * Makes the client of a page: what it knows is there before the server is, all tabs share one connection and one store,
 * and what is said in any of them is sent, whichever is closed. As `createClient` else.
 *
 * @throws RangeError for a `pollMs` that no server takes
 * @throws StoreMismatch where the store is another device's, or nobody is signed in
 * @throws StoreFailed where the browser's store can't be opened; its `reason` says what can be done
 */
export async function createBrowserClient({
  name = 'maru',
  onStoreFailed = () => undefined,
  ...options
}: BrowserClientOptions): Promise<MaruClient> {
  // Pages of an address without TLS have none: then no tab knows of the others, and a store can't be theirs together.
  if (!('locks' in navigator)) throw storeFailed('denied');
  const store = await openIndexedDbStore({ name, onFailed: onStoreFailed });
  return createTabClient({ ...options, name, store, tabs: webTabs() });
}
