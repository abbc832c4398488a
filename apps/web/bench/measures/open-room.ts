import type { RoomId } from '@maru/protocol';
import type { Page } from 'playwright-core';

/**
 * Opens a room as a click on its row does, and gives the ms until its messages were drawn: in the page, so that the way
 * to the browser does not count. The room that is open takes none.
 */
export function openRoom(page: Page, room: RoomId): Promise<number> {
  return page.evaluate(async (fragment) => {
    const painted = () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(undefined);
      });
      return promise;
    };
    if (location.hash === fragment) return 0;
    const old = document.querySelector('article');
    const begin = performance.now();
    location.hash = fragment;
    do {
      if (performance.now() - begin > 30_000) throw new Error(`${fragment} was not opened within 30 s`);
      await painted();
    } while (document.querySelector('article') === old || document.querySelector('article') === null);
    return performance.now() - begin;
  }, `#/room/${room}`);
}
