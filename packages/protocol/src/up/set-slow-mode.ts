import * as z from 'zod';
import { SLOW_MODE_S_MAX } from '../limits.ts';
import { commandName } from './send.ts';

/** Says how many seconds a member of a group waits between two messages. 0: none, as in a new group. */
export const setSlowMode = z.object({
  kind: z.literal('set-slow-mode'),
  ...commandName,
  seconds: z.int().min(0).max(SLOW_MODE_S_MAX),
});
