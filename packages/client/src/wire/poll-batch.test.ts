import { expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { takeBatch } from './poll-batch.ts';

test('[POLL7] a batch keeps to the frames, bytes and values of one request, and takes one frame whatever it is', () => {
  const small = (count: number) => Array.from({ length: count }, () => '{}');
  expect(takeBatch(small(1_000))).toHaveLength(limits.POLL_FRAMES_MAX - 1);
  const large = 'x'.repeat(limits.FRAME_BYTES_MAX / 3 - 100);
  expect(takeBatch([large, large, '{}'])).toHaveLength(1);
  expect(takeBatch([large, '{}', '{}'])).toHaveLength(3);
  const many = `[${'0,'.repeat(limits.FRAME_VALUES_MAX / 2)}0]`;
  expect(takeBatch([many, many])).toHaveLength(1);
  const one = 'x'.repeat(limits.FRAME_BYTES_MAX);
  const queue = [one, '{}'];
  expect(takeBatch(queue)).toEqual([one]);
  expect(queue).toEqual(['{}']);
  expect(takeBatch([])).toEqual([]);
});
