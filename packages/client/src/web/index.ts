export type { StoreFault } from '../store/store-failed.ts';
export { StoreFailed } from '../store/store-failed.ts';
export type { BrowserClientOptions } from './create-browser-client.ts';
export { createBrowserClient } from './create-browser-client.ts';
export { eraseStore } from './erase-store.ts';
export { freeSpace } from './free-space.ts';
