import * as z from 'zod';
import { cursor } from '../ids.ts';
import { SYNC_EVENTS_PER_ROOM_MAX } from '../limits.ts';

/** A request's number, given back in its answer. */
export const requestId = z
  .int()
  .min(0)
  .max(2 ** 32);

/** Everything that changed since the cursor; without one, a snapshot (`[SYNC1]`). */
export const sync = z.object({
  kind: z.literal('sync'),
  id: requestId,
  cursor: cursor.optional(),
  /** Newest events of each changed room to put in. */
  eventsPerRoom: z.int().min(0).max(SYNC_EVENTS_PER_ROOM_MAX).default(20),
});
