import * as z from 'zod';
import { roomId } from '../ids.ts';
import { LOOK_ROOMS_MAX } from '../limits.ts';
import { requestId } from './sync.ts';

/**
 * The rooms on the screen, all of them, instead of those named before. Answered once with who is present in them; while
 * it holds, presence (up to `PRESENCE_LIVE_MEMBERS_MAX` members) and receipt counts of big rooms follow live. Saying it
 * again is the refresh.
 */
export const look = z.object({
  kind: z.literal('look'),
  id: requestId,
  rooms: z.array(roomId).max(LOOK_ROOMS_MAX),
});
