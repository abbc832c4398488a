import * as z from 'zod';
import { userId } from '../ids.ts';
import { commandName } from './send.ts';

/** Takes somebody out of a group. */
export const remove = z.object({ kind: z.literal('remove'), ...commandName, user: userId });
