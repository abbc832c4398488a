/** What people tell the administrators of each other (`[REPORT1]`). */
import * as z from 'zod';
import { roomId, seq } from './ids.ts';
import { REPORT_NOTE_CHARS_MAX } from './limits.ts';
import { blockText } from './text.ts';

export const reportReason = z.enum(['spam', 'abuse', 'threat', 'illegal', 'other']);
export type ReportReason = z.infer<typeof reportReason>;
/** What the reporter, or the administrator who closes a report, says of it. */
export const reportNote = blockText(REPORT_NOTE_CHARS_MAX);

/** What is said of whoever is reported. */
export const reportShape = {
  /** Where it was: a room that the reporter is in. */
  room: roomId.optional(),
  /** The message, which the user wrote and the reporter can see. */
  seq: seq.optional(),
  reason: reportReason,
  note: reportNote.optional(),
  /** Whether the administrators may read the message's text. Without it they see that there is one. */
  include: z.boolean().default(false),
};

/** A report that comes with a block (`[REPORT5]`). What it names of a message that is not to be seen is left out. */
export const blockReport = z.object(reportShape);
export type BlockReport = z.infer<typeof blockReport>;
