import * as z from 'zod';
import { seq } from '../ids.ts';
import { commandName } from './send.ts';

/** Pins a message of anybody's where all members see it, or takes it down. */
export const pin = z.object({ kind: z.literal('pin'), ...commandName, refersTo: seq, on: z.boolean() });
