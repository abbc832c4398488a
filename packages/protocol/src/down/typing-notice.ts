import * as z from 'zod';
import { roomId, userId } from '../ids.ts';

/** Holds for `TYPING_MS`. Soft. */
export const typingNotice = z.object({ kind: z.literal('typing'), room: roomId, user: userId });
