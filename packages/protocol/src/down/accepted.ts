import * as z from 'zod';
import { clientMessageId, roomId, seq } from '../ids.ts';

/** The command is on durable storage under `seq` (`[DUR1]`). A retry gets the same answer (`[ONCE3]`). */
export const accepted = z.object({
  kind: z.literal('accepted'),
  room: roomId,
  clientMessageId,
  /** The event it made; for a command that changed nothing, the room's head then. */
  seq,
  at: z.int(),
});
export type Accepted = z.infer<typeof accepted>;
