import * as z from 'zod';
import { linkSecret } from '../room-links.ts';
import { commandName } from './send.ts';

/** Comes into a room by a link, or asks to where it says so; without one into a public channel. Who is in it has nothing to do. */
export const join = z.object({ kind: z.literal('join'), ...commandName, secret: linkSecret.optional() });
