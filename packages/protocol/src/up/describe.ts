import * as z from 'zod';
import { ROOM_DESCRIPTION_CHARS_MAX } from '../limits.ts';
import { blockText } from '../text.ts';
import { commandName } from './send.ts';

export const roomDescription = blockText(ROOM_DESCRIPTION_CHARS_MAX);

/** Says what a group is for. Empty: nothing any more. */
export const describe = z.object({
  kind: z.literal('describe'),
  ...commandName,
  description: roomDescription,
});
