import * as z from 'zod';
import { route } from './route.ts';

/** So many since the server's start: a rate is the difference of two answers over the time between them. */
const total = z.int().min(0);
const now = z.int().min(0);

const figures = z.object({
  /** When these were read, and when the server started: milliseconds since the epoch. */
  at: z.int(),
  startedAt: z.int(),
  version: z.string(),
  /** Open sessions, those without a socket included. */
  sessions: now,
  polledSessions: now,
  framesReceived: total,
  /** Frames to sessions; what a whole room gets in one counts as one. */
  framesSent: total,
  /** Sessions that were cut because they could not keep up. */
  slowSessions: total,
  /** Frames that were refused for their rate. */
  rateLimited: total,
  /** Log-ins with a wrong password, and those refused for too many of them. */
  logInFailures: total,
  deadLetters: total,
  /** Entries that wait for the log, and entries that the projections have not taken in yet. */
  commitQueue: now,
  viewsLag: now,
  /** What the server's process takes, and its data. Absent where it can't be told. */
  machine: z
    .object({
      memoryBytes: now,
      /** Processor time since the start, user and system. */
      cpuMs: total,
      dataBytes: now,
      /** What is left on the disk of the data. */
      freeBytes: now,
    })
    .optional(),
});
/** What administrators see of a server at work: numbers, and nobody behind them. */
export type Figures = z.infer<typeof figures>;

export const getFigures = route({
  method: 'GET',
  path: '/v1/admin/figures',
  name: 'getFigures',
  summary: 'Live numbers of the server: sessions, traffic, storage. Cheap enough to ask every few seconds.',
  tag: 'administration',
  access: 'administrator',
  response: figures,
});
