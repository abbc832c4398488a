import { type Report, routes, type UserId } from '@maru/protocol';
import type { Directory } from '../../../ports/directory.ts';
import type { ReportRecord } from '../../../ports/reports.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

/** Reports, for administrators: listed, looked at, closed. */
export function registerReports(register: Register, { reports, directory, clock, log }: ApiDeps): void {
  register(routes.listReports, async ({ query: { state, after, limit } }) => {
    // One more than is shown tells whether there is another page.
    const found = await reports.reports({ state, before: after, limit: limit + 1 });
    const page = await named(directory, found.slice(0, limit));
    const next = found.length > limit ? page.at(-1)?.report : undefined;
    return done({ reports: page, ...(next !== undefined && { next: String(next) }) });
  });

  register(routes.getReport, async ({ params }) => {
    const [report] = await named(directory, [(await reports.report(params.report)) ?? []].flat());
    return report === undefined ? notFound('report') : done(report);
  });

  register(routes.putReport, async ({ params, body, identity }) => {
    const { state, remark = '' } = body;
    const closed = { at: clock.now(), by: identity.user, remark };
    const isThere =
      state === 'closed'
        ? await reports.closeReport(params.report, closed)
        : await reports.reopenReport(params.report);
    const [report] = isThere
      ? await named(directory, [(await reports.report(params.report)) ?? []].flat())
      : [];
    if (report === undefined) return notFound('report');
    log.info({ report: params.report, by: identity.user, state }, 'a report was closed or opened again');
    return done(report);
  });
}

/** Reports with the handles of those whom they name, which outlive the accounts. */
async function named(directory: Directory, records: readonly ReportRecord[]): Promise<Report[]> {
  const users = new Set(
    records.flatMap(({ by, user, closed }) => [by, user, ...(closed ? [closed.by] : [])]),
  );
  const handles = new Map((await directory.users([...users])).map(({ user, handle }) => [user, handle]));
  const whom = (user: UserId) => ({ user, handle: handles.get(user) ?? '' });
  return records.map(({ report, by, user, room, seq, reason, note, text, at, blocked, closed }) => ({
    ...{ report, by: whom(by), user: whom(user), reason, at },
    ...(room !== undefined && { room }),
    ...(seq !== undefined && { seq }),
    ...(note !== '' && { note }),
    ...(text !== undefined && { text }),
    ...(blocked && { blocked }),
    ...(closed === undefined
      ? { state: 'open' }
      : {
          ...{ state: 'closed', closedAt: closed.at, closedBy: whom(closed.by) },
          ...(closed.remark !== '' && { remark: closed.remark }),
        }),
  }));
}
