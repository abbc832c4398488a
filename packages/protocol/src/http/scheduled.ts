/** Messages that the server is to send later (`LATER`). */
import * as z from 'zod';
import { anyContent } from '../content.ts';
import { errorCode } from '../errors.ts';
import { envelope } from '../event.ts';
import { clientMessageId, roomId, scheduledId } from '../ids.ts';
import { scheduledAt, scheduledMessage } from '../up/schedule.ts';
import { route } from './route.ts';

export const scheduledItem = z.object({
  scheduled: scheduledId,
  room: roomId,
  /** Milliseconds since the epoch. */
  at: z.int(),
  /** `failed`: it was not sent, for the reason in `error`, and waits for its author. */
  state: z.enum(['waiting', 'failed']),
  error: errorCode.optional(),
  mentions: envelope.mentions,
  expiresAfter: envelope.expiresAfter,
  content: anyContent,
});
export type ScheduledItem = z.infer<typeof scheduledItem>;

const params = z.object({ scheduled: scheduledId });

export const listScheduled = route({
  method: 'GET',
  path: '/v1/scheduled',
  name: 'listScheduled',
  summary: 'What the user has scheduled, the earliest first.',
  tag: 'messages',
  access: 'signed-in',
  response: z.object({ revision: z.int().optional(), items: z.array(scheduledItem) }),
});

export const schedule = route({
  method: 'POST',
  path: '/v1/scheduled',
  name: 'schedule',
  summary: 'Send a message at a time. A retry under the same clientMessageId schedules nothing twice.',
  tag: 'messages',
  access: 'signed-in',
  body: z.object({ room: roomId, clientMessageId, at: scheduledAt, ...scheduledMessage.shape }),
  response: z.object({ scheduled: scheduledId }),
  errors: [
    'not-found',
    'message-empty',
    'message-too-long',
    'content-too-large',
    'text-malformed',
    'recipient-unavailable',
    'too-many',
    'rules-unknown',
  ],
});

export const changeScheduled = route({
  method: 'PATCH',
  path: '/v1/scheduled/{scheduled}',
  name: 'changeScheduled',
  summary:
    'Another time, or with `content` another message, for one that was not sent yet; one that failed is tried again.',
  tag: 'messages',
  access: 'signed-in',
  params,
  body: z.object({ at: scheduledAt.optional(), ...scheduledMessage.partial().shape }),
  errors: [
    'not-found',
    'already-sent',
    'message-empty',
    'message-too-long',
    'content-too-large',
    'text-malformed',
    'too-many',
  ],
});

export const cancelScheduled = route({
  method: 'DELETE',
  path: '/v1/scheduled/{scheduled}',
  name: 'cancelScheduled',
  summary: 'Do not send it; or, one that failed, forget it.',
  tag: 'messages',
  access: 'signed-in',
  params,
  errors: ['not-found', 'already-sent'],
});
