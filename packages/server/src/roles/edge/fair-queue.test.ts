import { expect, test } from 'bun:test';
import { FairQueue } from './fair-queue.ts';

function rest<T>(queue: FairQueue<T>): T[] {
  const items: T[] = [];
  for (let item = queue.next(); item !== undefined; item = queue.next()) items.push(item);
  return items;
}

test('askers have their turns one after the other, and each its own in order', () => {
  const queue = new FairQueue<string>(9);
  for (const item of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'])
    expect(queue.add(item.charAt(0), item)).toBeUndefined();
  expect(queue.size).toBe(6);
  expect(rest(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  expect(queue.size).toBe(0);
});

test('a full queue makes room at the cost of who has the most, as long as that is fairer', () => {
  const queue = new FairQueue<string>(4);
  for (const item of ['a1', 'a2', 'a3', 'a4']) queue.add('a', item);
  expect(queue.add('a', 'a5')).toBe('a5');
  expect(queue.add('b', 'b1')).toBe('a4');
  expect(queue.add('b', 'b2')).toBe('a3');
  // Two each: a third of the one would be taken from the other.
  expect(queue.add('b', 'b3')).toBe('b3');
  expect(queue.add('c', 'c1')).toBe('a2');
  expect(queue.add('d', 'd1')).toBe('b2');
  expect(queue.add('e', 'e1')).toBe('e1');
  expect(queue.size).toBe(4);
  expect(rest(queue)).toEqual(['a1', 'b1', 'c1', 'd1']);
});

test('a queue without places takes nothing', () => {
  expect(new FairQueue<string>(0).add('a', 'a1')).toBe('a1');
});
