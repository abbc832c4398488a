import * as z from 'zod';
import { linkSecret } from '../room-links.ts';
import { commandName } from './send.ts';

/** Comes into a group by a link, or asks to where it says so. Who is in it already has nothing to do. */
export const join = z.object({ kind: z.literal('join'), ...commandName, secret: linkSecret });
