import * as z from 'zod';
import { POLL_FRAMES_MAX, POLL_WAIT_MS_MAX } from '../limits.ts';
import { route } from './route.ts';

export const pollRequest = z.object({
  /** The session's secret, as the first answer gave it; without one a session is opened, and `n` is 1. */
  session: z.string().max(128).optional(),
  /** The number of this request in its session: 1, 2, 3 … Request n is made only when the answer to n − 2 has come. */
  n: z.int().min(1),
  /** Milliseconds for which the server may wait for something to answer with; 0 is at once. */
  wait: z.int().min(0).max(POLL_WAIT_MS_MAX).default(0),
  /** What the client says, in order: `hello` before all else. */
  frames: z.array(z.record(z.string(), z.unknown())).max(POLL_FRAMES_MAX).default([]),
  /** Whether the session is over behind these frames, as a socket that is closed. */
  end: z.boolean().default(false),
});

export const pollAnswer = z.object({
  /** In the first answer: what all other requests of the session name. */
  session: z.string().optional(),
  n: z.int(),
  /** What the server says, in order. */
  frames: z.array(z.record(z.string(), z.unknown())),
  /** The session is over behind these frames, with a close code as a socket has it. */
  closed: z.object({ code: z.int(), reason: z.string() }).optional(),
});
export type PollAnswer = z.infer<typeof pollAnswer>;

export const postPoll = route({
  method: 'POST',
  path: '/v1/poll',
  name: 'postPoll',
  summary: 'A session without a socket: takes frames and answers with those that wait, or waits for some.',
  tag: 'server',
  access: 'anyone',
  body: pollRequest,
  response: pollAnswer,
  errors: ['session-unknown', 'unauthorized', 'busy', 'draining'],
});
