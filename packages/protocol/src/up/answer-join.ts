import * as z from 'zod';
import { userId } from '../ids.ts';
import { commandName } from './send.ts';

/** Lets in, or not, somebody who asked to join by a link. The first answer holds. */
export const answerJoin = z.object({
  kind: z.literal('answer-join'),
  ...commandName,
  user: userId,
  accept: z.boolean(),
});
