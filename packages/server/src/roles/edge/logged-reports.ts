import type { Logger } from '../../ports/logger.ts';
import type { Reports } from '../../ports/reports.ts';

/** Reports of which the log says who and whom, and nothing of what. */
export function loggedReports(reports: Reports, log: Pick<Logger, 'info'>): Reports {
  return {
    ...reports,
    async addReport(report, openMax) {
      const kept = await reports.addReport(report, openMax);
      if (kept === 'added') log.info({ by: report.by, user: report.user }, 'somebody was reported');
      return kept;
    },
  };
}
