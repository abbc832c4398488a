import type { Page } from 'playwright-core';
import type { BenchTown } from '../bench-town.ts';
import type { Figure } from '../figure.ts';
import { quantile } from '../figure.ts';
import { keyTimes, typeInto, watchKeys } from './key-times.ts';
import { openRoom } from './open-room.ts';

/** From each key to the frame that shows it, in the room of many messages; beside it in a page with nothing but a field. */
export async function measureTyping(
  { page, context, small, big }: BenchTown,
  keys: number,
): Promise<Figure[]> {
  const plain = await context.newPage();
  await plain.setContent('<label>Message <textarea rows="1"></textarea></label>');
  const reference = await typed(plain, keys);
  await plain.close();
  await openRoom(page, small);
  await openRoom(page, big);
  const value = await typed(page, keys);
  return [
    {
      ...{ metric: 'key to paint, p95', value, unit: 'ms', target: { most: 16 } },
      reference: { of: 'a field alone', value: reference },
    },
  ];
}

async function typed(page: Page, keys: number): Promise<number> {
  await watchKeys(page);
  await typeInto(page, 'Message', keys);
  const times = await keyTimes(page);
  return quantile(
    times.map(({ work }) => work),
    0.95,
  );
}
