import type { CDPSession } from 'playwright-core';
import type { BenchTown } from '../bench-town.ts';
import type { Figure } from '../figure.ts';
import { typeInto } from './key-times.ts';
import { openRoom } from './open-room.ts';

const WARM_ROUNDS = 2;
const ROUND_KEYS = 20;
const ROUND_STEPS = 20;

/** How the heap has grown after so long a use: rooms opened, scrolled, written in, and written to. */
export async function measureMemory(town: BenchTown, rounds: number, ms: number): Promise<Figure[]> {
  const session = await town.context.newCDPSession(town.page);
  for (let at = 0; at < WARM_ROUNDS; at++) await round(town);
  const before = await heapBytes(session);
  const begin = performance.now();
  let done = 0;
  do {
    await round(town);
    done++;
  } while (done < rounds && performance.now() - begin < ms);
  const after = await heapBytes(session);
  const value = Math.max(0, (after / before - 1) * 100);
  const note = `${done} rounds in ${Math.round(ms / 1000)} s, from ${megabytes(before)} to ${megabytes(after)} MB`;
  return [{ metric: 'growth of the heap', value, unit: '%', target: { most: 10 }, note }];
}

async function round({ page, writer, small, big }: BenchTown): Promise<void> {
  for (const room of [big, small]) {
    await openRoom(page, room);
    await page.mouse.move(800, 400);
    for (let at = 0; at < ROUND_STEPS; at++) await page.mouse.wheel(0, -400);
    await typeInto(page, 'Message', ROUND_KEYS);
    await writer.say(room, 'and one more');
  }
}

/** What the page holds when rubbish was collected. */
export async function heapBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

export function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
