import { limits } from '@maru/protocol';

/** Taken together, frames in one request stay below these; one alone may be as large as a frame may be. */
const BATCH_BYTES_MAX = limits.FRAME_BYTES_MAX;
const BATCH_VALUES_MAX = limits.FRAME_VALUES_MAX;
const BATCH_FRAMES_MAX = limits.POLL_FRAMES_MAX - 1;
/** Bytes of UTF-8 that a character of a JavaScript string may take. */
const BYTES_PER_CHAR = 3;

/** Takes as many frames from the front of a queue as one request may carry: at least one, if there is any. */
export function takeBatch(queue: string[]): string[] {
  let [count, bytes, values] = [0, 0, 0];
  for (const frame of queue) {
    bytes += frame.length * BYTES_PER_CHAR;
    values += valuesIn(frame);
    const full = count >= BATCH_FRAMES_MAX || bytes > BATCH_BYTES_MAX || values > BATCH_VALUES_MAX;
    if (count > 0 && full) break;
    count++;
  }
  return queue.splice(0, count);
}

/** Not fewer than there are: commas and brackets in texts count, too. */
function valuesIn(frame: string): number {
  return (frame.match(/[,[{]/g)?.length ?? 0) + 1;
}
