import * as z from 'zod';
import { role } from '../group-rules.ts';
import { userId } from '../ids.ts';
import { commandName } from './send.ts';

/**
 * Makes a member of a group an administrator, or a member again, or hands the group over: then who had it is an
 * administrator. Who is an administrator may step down.
 */
export const setRole = z.object({ kind: z.literal('set-role'), ...commandName, user: userId, role });
