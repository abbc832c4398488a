import * as z from 'zod';
import { userId } from '../ids.ts';
import { USERS_PER_COMMAND_MAX } from '../limits.ts';
import { commandName } from './send.ts';

/** Adds people to a group. Those who are members already are passed over; if all are, nothing happens. */
export const add = z.object({
  kind: z.literal('add'),
  ...commandName,
  users: z.array(userId).min(1).max(USERS_PER_COMMAND_MAX),
});
