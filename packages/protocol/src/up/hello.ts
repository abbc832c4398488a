import * as z from 'zod';
import { cursor } from '../ids.ts';

/** First frame of every session. Without a ticket the connection itself must have been authenticated (cookie, Bearer). */
export const hello = z.object({
  kind: z.literal('hello'),
  versions: z.array(z.int()).min(1).max(16),
  capabilities: z.array(z.string().max(64)).max(64).default([]),
  ticket: z.string().max(128).optional(),
  /** Where the device is in its inbox; the greeting says whether that is still good. */
  cursor: cursor.optional(),
});
export type Hello = z.infer<typeof hello>;
