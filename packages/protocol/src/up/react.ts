import * as z from 'zod';
import { seq } from '../ids.ts';
import { reaction } from '../reaction.ts';
import { commandName } from './send.ts';

/** Puts an emoji on a message, or takes one's own off again. */
export const react = z.object({
  kind: z.literal('react'),
  ...commandName,
  refersTo: seq,
  reaction,
  on: z.boolean(),
});
