import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { whyNotLater } from './why-not-later.ts';

const message = { kind: 'message' } as const;

test('what is written can be sent later, up to the longest that a message may be', () => {
  expect(whyNotLater(message, { isEmpty: false, left: undefined })).toBeUndefined();
  expect(whyNotLater({ kind: 'reply', seq: 1 as Seq }, { isEmpty: false, left: 0 })).toBeUndefined();
});

test('nothing, too much, and what changes a message that was sent can not be', () => {
  expect(whyNotLater(message, { isEmpty: true, left: undefined })).toBe('empty');
  expect(whyNotLater(message, { isEmpty: false, left: -1 })).toBe('tooLong');
  expect(whyNotLater({ kind: 'edit', seq: 1 as Seq }, { isEmpty: false, left: undefined })).toBe('edit');
});
