/** Reports: what people tell the administrators of each other (`[REPORT1]`). */
import * as z from 'zod';
import { roomId, seq, userId } from '../ids.ts';
import { ADMIN_PAGE_DEFAULT, ADMIN_PAGE_MAX } from '../limits.ts';
import { reportNote, reportReason, reportShape } from '../report.ts';
import { route } from './route.ts';

export const postReport = route({
  method: 'POST',
  path: '/v1/reports',
  name: 'postReport',
  summary: 'Report somebody to the administrators: for a message, for what goes on in a room, or as such.',
  tag: 'people',
  access: 'signed-in',
  body: z
    .object({
      user: userId,
      ...reportShape,
    })
    .refine((body) => body.seq === undefined || body.room !== undefined, {
      path: ['room'],
      message: 'name the room of the message',
    })
    .refine((body) => !body.include || body.seq !== undefined, {
      path: ['seq'],
      message: 'name the message whose text is to be included',
    }),
  errors: ['not-found', 'too-many'],
});

/** As `POST /v1/admin` lists number them, 1, 2, 3 … */
export const reportNumber = z.int().min(1);
const params = z.object({ report: z.coerce.number().pipe(reportNumber) });
/** The handle stays after the account was deleted. */
const whom = z.object({ user: userId, handle: z.string() });

const report = z.object({
  report: reportNumber,
  /** Who reported. */
  by: whom,
  /** Who was reported. */
  user: whom,
  room: roomId.optional(),
  seq: seq.optional(),
  reason: reportReason,
  note: z.string().optional(),
  /** The message as the reporter saw it, where they included it, and as long as the report is open (`[REPORT3]`). */
  text: z.string().optional(),
  at: z.int(),
  /** Present where the reporter blocked the person in the same go. */
  blocked: z.literal(true).optional(),
  state: z.enum(['open', 'closed']),
  closedAt: z.int().optional(),
  closedBy: whom.optional(),
  /** What the administrator said of it who closed it. */
  remark: z.string().optional(),
});
/** A report as administrators see it. */
export type Report = z.infer<typeof report>;

export const listReports = route({
  method: 'GET',
  path: '/v1/admin/reports',
  name: 'listReports',
  summary: 'Reports, the newest first, a page at a time.',
  tag: 'administration',
  access: 'administrator',
  query: z.object({
    state: z.enum(['open', 'closed', 'all']).default('open'),
    /** The `next` of the page before. */
    after: z.coerce.number().pipe(reportNumber).optional(),
    limit: z.coerce.number().int().min(1).max(ADMIN_PAGE_MAX).default(ADMIN_PAGE_DEFAULT),
  }),
  response: z.object({
    reports: z.array(report),
    /** Absent on the last page. */
    next: z.string().optional(),
  }),
});

export const getReport = route({
  method: 'GET',
  path: '/v1/admin/reports/{report}',
  name: 'getReport',
  summary: 'One report.',
  tag: 'administration',
  access: 'administrator',
  params,
  response: report,
  errors: ['not-found'],
});

export const putReport = route({
  method: 'PUT',
  path: '/v1/admin/reports/{report}',
  name: 'putReport',
  summary: 'Close a report, which erases the text that it quotes, or open it again.',
  tag: 'administration',
  access: 'administrator',
  params,
  body: z.object({ state: z.enum(['open', 'closed']), remark: reportNote.optional() }),
  response: report,
  errors: ['not-found'],
});
