import { expect, test } from 'bun:test';
import { ApiError } from '@maru/client';
import { type ErrorCode, errors, refusal } from '@maru/protocol';
import { patiently } from './patiently.ts';

function refusing(code: ErrorCode, times: number, retryAfterMs?: number) {
  let left = times;
  const waited: number[] = [];
  const call = async () => {
    if (left-- <= 0) return 'page';
    const details = retryAfterMs === undefined ? {} : { retryAfterMs };
    throw new ApiError(errors[code].status, refusal(code, 'No.', details));
  };
  return { waited, outcome: () => patiently(call, async (ms) => waited.push(ms)) };
}

test('it waits as long as the server says, and asks again', async () => {
  const { outcome, waited } = refusing('rate-limited', 3, 250);
  expect(await outcome()).toBe('page');
  expect(waited).toEqual([250, 250, 250]);
});

test('it waits a second where the server does not say, and not for ever', async () => {
  const { outcome, waited } = refusing('busy', 1_000);
  expect(await outcome().catch((error: unknown) => error)).toBeInstanceOf(ApiError);
  expect(waited).toEqual(Array(19).fill(1_000));
});

test('what no waiting helps is refused at once', async () => {
  const { outcome, waited } = refusing('forbidden', 1);
  expect(await outcome().catch((error: unknown) => error)).toMatchObject({ code: 'forbidden' });
  expect(waited).toEqual([]);
});
