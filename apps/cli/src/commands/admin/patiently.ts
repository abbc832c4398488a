import { ApiError } from '@maru/client';

/** Beyond it something else is wrong than haste. */
const TRIES_MAX = 20;
const WAIT_MS_DEFAULT = 1_000;

/**
 * Calls until the answer is not "wait a little": of a long list the pages are asked for as quickly as the server lets.
 * Rejects as `call` does, with any other refusal at once.
 */
export async function patiently<T>(
  call: () => Promise<T>,
  wait: (ms: number) => Promise<unknown> = Bun.sleep,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiError) || !error.body.retryable || tries === TRIES_MAX) throw error;
      await wait(error.body.retryAfterMs ?? WAIT_MS_DEFAULT);
    }
  }
}
