import * as z from 'zod';
import { seq } from '../ids.ts';
import { commandName } from './send.ts';

/** Deletes a message of one's own for everyone: its content is erased, its number stays. */
export const deletion = z.object({ kind: z.literal('delete'), ...commandName, refersTo: seq });
