import type { Reports } from '../../ports/reports.ts';
import type { AccountsSchema } from '../sql/accounts-schema.ts';
import type { LogGroups } from './log-groups.ts';
import type { SqliteFile } from './sqlite-file.ts';

type Reader = Pick<Reports, 'report' | 'reports'>;

/** `Reports` over SQLite: writes go with the log's groups; what reads is loaded when somebody does. */
export function sqliteReports(groups: LogGroups, database: SqliteFile): Reports {
  let loading: Promise<Reader> | undefined;
  const reader = () => {
    loading ??= loadReader(database);
    return loading;
  };
  const write =
    <M extends keyof Reports>(method: M) =>
    (...args: Parameters<Reports[M]>) =>
      groups.operate(method, args) as ReturnType<Reports[M]>;
  return {
    addReport: write('addReport'),
    report: async (report) => (await reader()).report(report),
    reports: async (page) => (await reader()).reports(page),
    closeReport: write('closeReport'),
    reopenReport: write('reopenReport'),
  };
}

async function loadReader(database: SqliteFile): Promise<Reader> {
  const [{ reportsReader }, { kyselyOver }] = await Promise.all([
    import('../sql/reports-reader.ts'),
    import('./kysely-dialect.ts'),
  ]);
  return reportsReader(kyselyOver<AccountsSchema>(database));
}
