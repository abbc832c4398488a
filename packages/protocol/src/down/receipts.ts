import * as z from 'zod';
import { roomId, userId } from '../ids.ts';

/**
 * Members' watermarks moved. One frame is for all of them, so that the reader's own may be among them, which says nothing.
 * Soft: coalesced, lossy; sync brings the newest.
 */
export const receipts = z.object({
  kind: z.literal('receipts'),
  room: roomId,
  marks: z.array(z.object({ user: userId, delivered: z.int(), read: z.int() })),
});
