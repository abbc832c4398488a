import { expect, test } from 'bun:test';
import { UsageError } from '../command.ts';
import { transportOf } from './transport-option.ts';

test('the flag goes before the environment, and without either the client finds out', () => {
  expect(transportOf({}, {})).toBe('auto');
  expect(transportOf({}, { MARU_TRANSPORT: 'long-poll' })).toBe('long-poll');
  expect(transportOf({ transport: 'poll' }, { MARU_TRANSPORT: 'websocket' })).toBe('poll');
});

test('what is no transport is refused with those that are', () => {
  expect(() => transportOf({ transport: 'pigeon' }, {})).toThrow(
    new UsageError('--transport pigeon: expected auto, websocket, long-poll or poll.'),
  );
});
