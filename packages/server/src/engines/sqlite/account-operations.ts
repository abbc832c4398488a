import type { AccountsSchema } from '../sql/accounts-schema.ts';
import { type AccountWrites, accountsWriter } from '../sql/accounts-writer.ts';
import { type ReportWrites, reportsWriter } from '../sql/reports-writer.ts';
import { type ScheduleWrites, schedulesWriter } from '../sql/schedules-writer.ts';
import { fromJsonAvatar } from './avatar-json.ts';
import { kyselyOver } from './kysely-dialect.ts';
import type { Operation } from './log-request.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** Runs a write of `Directory`, `Reports` or `Schedules` that came as JSON, where an absent argument is `null`. */
export function accountOperations(database: SqliteFile): (operation: Operation) => Promise<unknown> {
  const db = kyselyOver<AccountsSchema>(database);
  const accounts = accountsWriter(db);
  const writes: AccountWrites & ReportWrites & ScheduleWrites = {
    ...accounts,
    ...reportsWriter(db),
    ...schedulesWriter(db),
    setAvatar: (user, avatar, at) => accounts.setAvatar(user, avatar && fromJsonAvatar(avatar), at),
  };
  return async ({ method, args }) => {
    const write: unknown = Reflect.get(writes, method);
    if (typeof write !== 'function') throw new Error(`no such change of accounts: ${method}`);
    const value: unknown = await write(...args.map((arg) => arg ?? undefined));
    return value instanceof Map ? [...value] : value;
  };
}
