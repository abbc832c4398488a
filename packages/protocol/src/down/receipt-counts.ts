import * as z from 'zod';
import { roomId, seq } from '../ids.ts';

/** For rooms whose marks are not pushed: by how many the newest events were stored and read. At most every 2 s. */
export const receiptCounts = z.object({
  kind: z.literal('receipt-counts'),
  room: roomId,
  counts: z.array(z.object({ seq, delivered: z.int(), read: z.int() })),
});
