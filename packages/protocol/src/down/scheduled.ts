import * as z from 'zod';

/** What the user has scheduled changed: to be read anew, unless the device has this revision. Absent: there is nothing. */
export const scheduledNotice = z.object({
  kind: z.literal('scheduled'),
  revision: z.int().optional(),
});
