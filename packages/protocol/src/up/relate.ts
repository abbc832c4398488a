import * as z from 'zod';
import { content } from '../content.ts';
import { relationAct } from '../relation.ts';
import { blockReport } from '../report.ts';
import { commandName } from './send.ts';

/**
 * Changes what two people are to each other, in their direct room. A `note` goes with a `request`, and is a content like
 * a message's: up to `REQUEST_NOTE_CHARS_MAX` code points of text, `REQUEST_NOTE_BYTES_MAX` encoded bytes of any.
 */
export const relate = z.object({
  kind: z.literal('relate'),
  ...commandName,
  act: relationAct,
  /** The `seq` of the relation that the user saw; 0 where none was known (`[REL2]`). */
  basedOn: z
    .int()
    .min(0)
    .max(2 ** 48),
  note: content.optional(),
  /** Goes with a `block`, and is kept in the same go (`[REPORT5]`). */
  report: blockReport.optional(),
});
