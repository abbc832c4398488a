import * as z from 'zod';
import { cursor, roomId, seq } from '../ids.ts';

/** Answers a beat: the inbox's head, and what lies between it and the cursor that the beat gave (`[SYNC5]`). */
export const beatAnswer = z.object({
  kind: z.literal('beat'),
  cursor,
  /** Changed rooms with their heads. A device that has them all may store the cursor. */
  changed: z.array(z.tuple([roomId, seq])),
  /** Too many to name, or more than heads changed: sync. */
  sync: z.boolean(),
});
export type BeatAnswer = z.infer<typeof beatAnswer>;
