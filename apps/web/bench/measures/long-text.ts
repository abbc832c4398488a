import type { BenchTown } from '../bench-town.ts';
import type { Figure } from '../figure.ts';
import { quantile } from '../figure.ts';
import { openRoom } from './open-room.ts';

const CHARS = 100_000;
const TIMES = 3;
/** Its slices come one after the other: this long nothing has changed when they are all there. */
const STILL_MS = 1_000;
const WORDS =
  '마루에서 나눈 이야기를 여기에 모두 적어 둔다. Everything that was said stands here, once more. ';

/** The longest task while somebody opens a text as long as one can be. */
export async function measureLongText({ page, writer, small, big }: BenchTown): Promise<Figure[]> {
  const text = WORDS.repeat(Math.ceil(CHARS / WORDS.length)).slice(0, CHARS);
  const values: number[] = [];
  for (let at = 0; at < TIMES; at++) {
    await writer.say(small, text);
    await openRoom(page, big);
    await openRoom(page, small);
    await page.mouse.move(800, 400);
    await page.mouse.wheel(0, 1_000_000);
    const show = page.getByRole('button', { name: /^Show all/ }).last();
    await show.waitFor();
    values.push(await show.evaluate(longestTask, STILL_MS));
  }
  return [
    {
      ...{ metric: 'opening 100,000 characters, longest task', value: quantile(values, 1), unit: 'ms' },
      ...{ target: { most: 50 }, note: `of ${TIMES} times; 0: none of 50 ms or more` },
    },
  ];
}

/** Presses a button, and gives the longest task from then until nothing has come into the page for so long. */
async function longestTask(button: Element, stillMs: number): Promise<number> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  let changed = performance.now();
  const changes = new MutationObserver(() => {
    changed = performance.now();
  });
  changes.observe(document.body, { childList: true, subtree: true });
  (button as HTMLButtonElement).click();
  while (performance.now() - changed < stillMs) await new Promise((resolve) => setTimeout(resolve, 50));
  observer.disconnect();
  changes.disconnect();
  return longest;
}
