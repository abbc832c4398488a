import * as z from 'zod';
import { commandName } from './send.ts';
import { requestId } from './sync.ts';

/** What became of a command of this device (`[ONCE7]`). */
export const status = z.object({ kind: z.literal('status'), id: requestId, ...commandName });
