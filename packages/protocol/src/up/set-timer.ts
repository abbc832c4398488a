import * as z from 'zod';
import { EXPIRES_AFTER_S_MAX } from '../limits.ts';
import { commandName } from './send.ts';

/** Says how long messages stay from now on (`[TIME1]`). 0: for ever. */
export const setTimer = z.object({
  kind: z.literal('set-timer'),
  ...commandName,
  seconds: z.int().min(0).max(EXPIRES_AFTER_S_MAX),
});
