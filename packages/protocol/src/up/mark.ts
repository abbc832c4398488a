import * as z from 'zod';
import { roomId, seq } from '../ids.ts';
import { requestId } from './sync.ts';

/** The user's own read mark (never goes back) and "mark unread" flag (moves no mark). Durable when answered. */
export const mark = z.object({
  kind: z.literal('mark'),
  id: requestId,
  room: roomId,
  read: seq.optional(),
  unread: z.boolean().optional(),
});
