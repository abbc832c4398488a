import * as z from 'zod';
import { cursor } from '../ids.ts';

/** A sign of life, every `beatMs`: whether somebody is at the device, and where it is in its inbox. */
export const beat = z.object({
  kind: z.literal('beat'),
  state: z.enum(['active', 'away']),
  cursor: cursor.optional(),
});
export type Beat = z.infer<typeof beat>;
