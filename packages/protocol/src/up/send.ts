import * as z from 'zod';
import { content } from '../content.ts';
import { envelope } from '../event.ts';
import { clientMessageId, roomId } from '../ids.ts';

/** What names every command that makes an event, with the session's device (`[ONCE1]`). */
export const commandName = { room: roomId, clientMessageId };

/** A new message. Answered by `accepted` or `refused` under the same room and `clientMessageId`. */
export const send = z.object({
  kind: z.literal('send'),
  ...commandName,
  replyTo: envelope.replyTo,
  mentions: envelope.mentions,
  mentionsAll: envelope.mentionsAll,
  expiresAfter: envelope.expiresAfter,
  content,
});
export type Send = z.infer<typeof send>;
