import * as z from 'zod';
import { content } from '../content.ts';
import { envelope } from '../event.ts';
import { scheduledId } from '../ids.ts';
import { commandName } from './send.ts';

/** What will be said: the parts of a `send` that are not its name. */
export const scheduledMessage = z.object({
  replyTo: envelope.replyTo,
  mentions: envelope.mentions,
  mentionsAll: envelope.mentionsAll,
  expiresAfter: envelope.expiresAfter,
  content,
});
export type ScheduledMessage = z.infer<typeof scheduledMessage>;

/** Milliseconds since the epoch by the server's clock. At most `SCHEDULE_AHEAD_MS_MAX` ahead; past: at once. */
export const scheduledAt = z.int().min(0);

/**
 * A message that the server is to send at a time (`[LATER1]`). It makes no event now: what answers it is the room's head.
 * Its id follows from its name (`scheduledIdOf`).
 */
export const schedule = z.object({
  kind: z.literal('schedule'),
  ...commandName,
  at: scheduledAt,
  ...scheduledMessage.shape,
});
export type Schedule = z.infer<typeof schedule>;

/** Another time, or (with `content`) another message, for one that was not sent yet. */
export const reschedule = z.object({
  kind: z.literal('reschedule'),
  ...commandName,
  scheduled: scheduledId,
  at: scheduledAt.optional(),
  ...scheduledMessage.partial().shape,
});

/** It is not to be sent, or not to be tried again. */
export const unschedule = z.object({
  kind: z.literal('unschedule'),
  ...commandName,
  scheduled: scheduledId,
});
