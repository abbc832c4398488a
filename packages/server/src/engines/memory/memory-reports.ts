import type { NewReport, ReportRecord, Reports } from '../../ports/reports.ts';
import type { MemoryWriter } from './memory-writer.ts';

/** The reports of the memory engine, by their numbers. */
export type StoredReports = Map<number, ReportRecord>;

/** `Reports` over the memory engine: reads see them as they are, writes wait for the writer. */
export function memoryReports(stored: StoredReports, writer: MemoryWriter): Reports {
  const write = <T>(change: () => T) => writer.write('directory', change);
  return {
    addReport: (report, openMax) => write(() => add(stored, report, openMax)),
    report: async (report) => stored.get(report),
    async reports({ state, before, limit }) {
      const isAsked = ({ report, closed }: ReportRecord) =>
        (before === undefined || report < before) &&
        (state === 'all' || (state === 'closed') === (closed !== undefined));
      return [...stored.values()].toReversed().filter(isAsked).slice(0, limit);
    },
    closeReport: (report, closed) => write(() => change(stored, report, { closed, text: undefined })),
    reopenReport: (report) => write(() => change(stored, report, { closed: undefined })),
  };
}

function add(stored: StoredReports, report: NewReport, openMax: number): 'added' | 'known' | 'full' {
  const { command } = report;
  if (command !== undefined && stored.values().some((one) => one.command === command)) return 'known';
  const open = [...stored.values()].filter(({ by, closed }) => by === report.by && closed === undefined);
  if (open.some((one) => one.user === report.user && one.room === report.room && one.seq === report.seq)) {
    return 'known';
  }
  if (open.length >= openMax) {
    if (!report.blocked) return 'full';
    if (open.some(({ user }) => user === report.user)) return 'known';
  }
  const number = stored.size + 1;
  stored.set(number, { ...report, report: number, closed: undefined });
  return 'added';
}

function change(
  stored: StoredReports,
  report: number,
  to: Pick<ReportRecord, 'closed'> & { text?: undefined },
): boolean {
  const known = stored.get(report);
  if (known !== undefined) stored.set(report, { ...known, ...to });
  return known !== undefined;
}
