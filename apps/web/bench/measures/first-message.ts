import { firstMessage, type Hands } from '../../e2e/walk/first-message.ts';
import type { BenchTown } from '../bench-town.ts';
import { type Figure, quantile } from '../figure.ts';

/** A first visit, of somebody whose browser has nothing of the app, to their first message: the middle of several. */
export async function measureFirstMessage({ url, context }: BenchTown, times: number): Promise<Figure[]> {
  const browser = context.browser();
  if (browser === null) throw new Error('the context has no browser');
  const values: number[] = [];
  let hands: Hands | undefined;
  for (let at = 0; at < times; at++) {
    const visitor = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    const page = await visitor.newPage();
    const begin = performance.now();
    await page.goto(url);
    hands = await firstMessage(page, { handle: `visitor.${at}`, to: 'writer', text: 'is it you?' });
    values.push((performance.now() - begin) / 1000);
    await visitor.close();
  }
  return [
    {
      ...{ metric: 'first visit to first message', value: quantile(values, 0.5), unit: 's' },
      target: { most: 5 },
      note: `the middle of ${times}; ${hands?.fields} fields and ${hands?.presses} presses, each at once`,
    },
  ];
}
