import type { Page } from 'playwright-core';

/** Writes into a field, a key each 30 ms and as much as answering it takes. */
export async function typeInto(page: Page, label: string, keys: number): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  const text = 'the quick brown fox '.repeat(Math.ceil(keys / 20)).slice(0, keys);
  await field.click();
  // A page that is slow is to be measured, and not given up.
  await field.pressSequentially(text, { delay: 30, timeout: 300_000 });
  await field.fill('');
}

/** What passed between a key and the frame that shows it, in ms. */
export interface KeyTime {
  /** Until the page has drawn it. */
  readonly all: number;
  /** Of that, the work for the key and for the frame: without the wait for it. */
  readonly work: number;
}

/** Notes from now on how long keys take. */
export function watchKeys(page: Page): Promise<void> {
  return page.evaluate(() => {
    const times: KeyTime[] = [];
    if (Reflect.has(window, 'keyTimes')) {
      Reflect.set(window, 'keyTimes', times);
      return;
    }
    Reflect.set(window, 'keyTimes', times);
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const begin = performance.now();
        const handled = new MessageChannel();
        let work = 0;
        handled.port1.onmessage = () => {
          work = performance.now() - begin;
        };
        handled.port2.postMessage(undefined);
        requestAnimationFrame(() => {
          const frame = performance.now();
          const drawn = new MessageChannel();
          drawn.port1.onmessage = () => {
            const now = performance.now();
            const time: KeyTime = { all: now - timeStamp, work: work + now - frame };
            (Reflect.get(window, 'keyTimes') as KeyTime[]).push(time);
          };
          drawn.port2.postMessage(undefined);
        });
      },
      { capture: true },
    );
  });
}

export function keyTimes(page: Page): Promise<KeyTime[]> {
  return page.evaluate(() => Reflect.get(window, 'keyTimes') as KeyTime[]);
}

/** How a key was answered, in ms. */
export interface Answer {
  /** To the frame that shows it (Event Timing, as INP takes it). */
  readonly all: number;
  /** Of that, to the end of what the page did about it; then the browser draws. */
  readonly page: number;
}

/**
 * Notes from now on how long keys wait for the frame that answers them: of those that wait for 16 ms or more, which is
 * the least that browsers tell of. A key of before is not noted, however late its frame comes.
 */
export function watchAnswers(page: Page): Promise<void> {
  return page.evaluate(() => {
    const times: Answer[] = [];
    const since = performance.now();
    Reflect.set(window, 'answerTimes', times);
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (entry.name !== 'keydown' || entry.startTime < since) continue;
        times.push({ all: entry.duration, page: entry.processingEnd - entry.startTime });
      }
    });
    observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
}

export function answerTimes(page: Page): Promise<Answer[]> {
  return page.evaluate(() => Reflect.get(window, 'answerTimes') as Answer[]);
}
