import * as z from 'zod';
import { roomId } from '../ids.ts';

/** The user's own marks moved on another device. */
export const marks = z.object({
  kind: z.literal('marks'),
  room: roomId,
  read: z.int(),
  unread: z.boolean(),
  unreadCount: z.int(),
});
