import * as z from 'zod';
import { roomId, userId } from '../ids.ts';

/** Others' watermarks moved. Soft: coalesced, lossy; sync brings the newest. */
export const receipts = z.object({
  kind: z.literal('receipts'),
  room: roomId,
  marks: z.array(z.object({ user: userId, delivered: z.int(), read: z.int() })),
});
