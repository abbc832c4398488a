import * as z from 'zod';
import { content } from '../content.ts';
import { envelope } from '../event.ts';
import { seq } from '../ids.ts';
import { commandName } from './send.ts';

/** Changes a message of one's own. */
export const edit = z.object({
  kind: z.literal('edit'),
  ...commandName,
  refersTo: seq,
  mentions: envelope.mentions,
  mentionsAll: envelope.mentionsAll,
  content,
});
