import type { BenchTown } from '../bench-town.ts';
import type { Figure } from '../figure.ts';
import { quantile } from '../figure.ts';
import { openRoom } from './open-room.ts';

/** Opening rooms that were opened before, to and fro. */
export async function measureRooms({ page, big, small }: BenchTown, times: number): Promise<Figure[]> {
  await openRoom(page, small);
  await openRoom(page, big);
  const values: number[] = [];
  for (let at = 0; at < times; at++) values.push(await openRoom(page, small), await openRoom(page, big));
  return [
    { metric: 'opening a room again, p95', value: quantile(values, 0.95), unit: 'ms', target: { most: 100 } },
  ];
}
