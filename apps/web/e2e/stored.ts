import type { Page } from 'playwright-core';

/**
 * Waits until the browser has stored what somebody did: the page shows it at once, and a page that goes before it is
 * stored takes it with it.
 *
 * @param part of it, as it stands in JSON
 */
export async function isStored(page: Page, part: string): Promise<void> {
  await page.waitForFunction(async (wanted) => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    for (const name of names.filter((one) => one.startsWith('maru:device_'))) {
      const database = await result(indexedDB.open(name));
      try {
        for (const store of ['outbox', 'device']) {
          const kept = await result(database.transaction(store).objectStore(store).getAll());
          if (JSON.stringify(kept).includes(wanted)) return true;
        }
      } finally {
        database.close();
      }
    }
    return false;
  }, part);
}
