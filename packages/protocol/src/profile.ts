/** What people see of each other. */
import * as z from 'zod';
import { userId } from './ids.ts';
import { DISPLAY_NAME_CHARS_MAX, STATUS_LINE_CHARS_MAX } from './limits.ts';
import { displayText, lineText } from './text.ts';

export const displayName = displayText(DISPLAY_NAME_CHARS_MAX);
/** What somebody says of themselves, in one line; empty is none. */
export const statusLine = lineText(STATUS_LINE_CHARS_MAX);

/** An avatar's name: the SHA-256 of its image, as hex digits. */
export const avatarHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits, as a profile gives them');

export const profile = z.object({
  user: userId,
  handle: z.string(),
  name: z.string(),
  /** Absent where it is empty. */
  status: z.string().optional(),
  /** `GET /v1/avatars/{avatar}`; absent where there is none. */
  avatar: avatarHash.optional(),
  /** Rises with every change of the rest: of two profiles of a person, the one with the higher number is newer. */
  changedAt: z.int().default(0),
});
export type Profile = z.infer<typeof profile>;
