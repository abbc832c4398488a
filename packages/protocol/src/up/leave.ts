import * as z from 'zod';
import { commandName } from './send.ts';

export const leave = z.object({ kind: z.literal('leave'), ...commandName });
