import type { Page } from 'playwright-core';
import type { BenchTown } from '../bench-town.ts';
import type { Figure } from '../figure.ts';
import { quantile } from '../figure.ts';
import { openRoom } from './open-room.ts';

const CPU_SLOWDOWN = 4;
/** What the page does after it has shown what it has, is over by then. */
const SETTLED_MS = 2_000;

/**
 * From a navigation to messages on the screen, on a machine four times slower, in a browser that has them and no other
 * tab: the middle of several. Beside it a page with nothing but its markup.
 */
export async function measureStart({ url, big, context, page }: BenchTown, times: number): Promise<Figure[]> {
  await openRoom(page, big);
  await page.waitForTimeout(SETTLED_MS);
  // While another tab has the connection, this one would follow it.
  await page.goto('about:blank');
  const values: number[] = [];
  const empty: number[] = [];
  for (let at = 0; at < times; at++) {
    values.push(await startIn(await context.newPage(), `${url}/#/room/${big}`, 'article'));
    empty.push(await startIn(await context.newPage(), `${url}/icon.svg`, '*'));
  }
  await page.goto(url);
  await page.getByRole('link', { name: /Big room/ }).waitFor();
  return [
    {
      ...{ metric: 'start to messages, 4× slower', value: quantile(values, 0.5), unit: 'ms' },
      target: { most: 1000 },
      reference: { of: 'a picture alone', value: quantile(empty, 0.5) },
      note: `the middle of ${times}, with what the browser keeps`,
    },
  ];
}

/** Ms from a navigation to the frame that first shows an element. */
async function startIn(page: Page, url: string, selector: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.addInitScript(watchFor, selector);
  await page.goto(url, { waitUntil: 'commit' });
  const shown = await page.waitForFunction(
    () => Reflect.get(window, 'shownAt') as number | undefined,
    undefined,
    {
      polling: 50,
    },
  );
  const ms = await shown.jsonValue();
  await page.close();
  return ms ?? 0;
}

function watchFor(selector: string): void {
  const look = () => {
    if (document.querySelector(selector) === null) return;
    changes.disconnect();
    requestAnimationFrame(() => {
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => Reflect.set(window, 'shownAt', performance.now());
      drawn.port2.postMessage(undefined);
    });
  };
  const changes = new MutationObserver(look);
  changes.observe(document, { childList: true, subtree: true });
  look();
}
