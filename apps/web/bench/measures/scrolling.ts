import type { Browser, Page } from 'playwright-core';
import type { BenchTown } from '../bench-town.ts';
import type { Figure } from '../figure.ts';
import { quantile } from '../figure.ts';
import { type FrameWork, frameWork, type TraceEvent } from '../frame-work.ts';
import { openRoom } from './open-room.ts';

const STEP_PX = 120;
const STEP_MS = 16;
const CATEGORIES = [
  ...['devtools.timeline', 'disabled-by-default-devtools.timeline'],
  ...['devtools.timeline.frame', 'disabled-by-default-devtools.timeline.frame', '__metadata'],
];

/** The page's work for each frame while the room of many messages is scrolled back by a wheel; beside it plain rows. */
export async function measureScrolling(
  { page, context, small, big }: BenchTown,
  steps: number,
): Promise<Figure[]> {
  const plain = await context.newPage();
  await plain.setContent('<p>마루에서 나눈 이야기 and what was said on it.</p>'.repeat(3_000));
  await plain.evaluate(() => scrollTo(0, 1_000_000));
  const reference = await scrolled(plain, steps);
  await plain.close();
  await openRoom(page, small);
  await openRoom(page, big);
  const { frames, longTasks } = await scrolled(page, steps);
  return [
    {
      ...{ metric: 'work a frame of scrolling, p95', value: quantile(frames, 0.95), unit: 'ms' },
      target: { most: 8 },
      reference: { of: 'plain rows', value: quantile(reference.frames, 0.95) },
      note: `${frames.length} frames, the middle ${quantile(frames, 0.5).toFixed(1)} ms`,
    },
    { metric: 'long tasks while scrolling', value: longTasks, unit: 'tasks', target: { most: 0 } },
  ];
}

async function scrolled(page: Page, steps: number): Promise<FrameWork> {
  await page.mouse.move(800, 400);
  const browser = browserOf(page);
  await browser.startTracing(page, { categories: CATEGORIES });
  for (let at = 0; at < steps; at++) {
    await page.mouse.wheel(0, -STEP_PX);
    await Bun.sleep(STEP_MS);
  }
  const trace: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(
    (await browser.stopTracing()).toString(),
  );
  return frameWork(trace.traceEvents);
}

function browserOf(page: Page): Browser {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  return browser;
}
