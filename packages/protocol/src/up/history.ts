import * as z from 'zod';
import { roomId, seq } from '../ids.ts';
import { PAGE_EVENTS_MAX } from '../limits.ts';
import { requestId } from './sync.ts';

const historyQuery = {
  /** The event to start at, itself included; without it, the newest (older) or the first (newer). */
  from: seq.optional(),
  direction: z.enum(['older', 'newer', 'around']).default('older'),
  limit: z.int().min(1).max(PAGE_EVENTS_MAX).default(50),
};

/** A page of a room's events, in rising order of `seq` whichever the direction. */
export const history = z.object({ kind: z.literal('history'), id: requestId, room: roomId, ...historyQuery });
export type History = z.infer<typeof history>;
