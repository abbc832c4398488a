import * as z from 'zod';
import { roomId, userId } from '../ids.ts';
import { requestId } from '../up/sync.ts';

export const presenceState = z.enum(['active', 'away', 'offline']);
export type PresenceState = z.infer<typeof presenceState>;

/** `lastActive` in milliseconds since the epoch; absent while active, for who hides it, and where it is not known. */
const userPresence = z.object({ user: userId, state: presenceState, lastActive: z.int().optional() });
export type UserPresence = z.infer<typeof userPresence>;

/** Changes of people one looks at. Soft. */
export const presence = z.object({ kind: z.literal('presence'), users: z.array(userPresence) });

/** Answers `look`: who is there, room by room; who is not named is offline with nothing to tell. */
export const seen = z.object({
  kind: z.literal('seen'),
  id: requestId,
  rooms: z.array(
    z.object({
      room: roomId,
      /** Members active or away. */
      present: z.int(),
      users: z.array(userPresence),
      /** Whether changes follow live. */
      live: z.boolean(),
    }),
  ),
});
