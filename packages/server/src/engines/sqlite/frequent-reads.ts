import { idFromBytes, type UserId } from '@maru/protocol';
import type { Directory } from '../../ports/directory.ts';
import { toDeviceRecord } from '../sql/accounts-rows.ts';
import type { DeviceRow } from '../sql/accounts-schema.ts';
import type { SqliteFile } from './sqlite-file.ts';

type FrequentReads = Pick<Directory, 'deviceByToken' | 'departures' | 'hasAdministrator'>;

/**
 * The reads that every connection or every start makes, as prepared statements: building a query takes longer than
 * running it and leaves a hundred objects behind, and a server that only serves sockets never loads the builder.
 */
export function frequentReads(database: SqliteFile): FrequentReads {
  const byToken = database.prepare<DeviceRow & { administrator: number }, [string]>(
    `SELECT devices.*, users.administrator FROM devices JOIN users ON users.id = devices.user_id
     WHERE devices.token_hash = ?`,
  );
  return {
    async deviceByToken(tokenHash) {
      const row = byToken.get(tokenHash);
      return row === null ? undefined : { ...toDeviceRecord(row), administrator: row.administrator === 1 };
    },
    async departures() {
      const rows = database
        .query<{ user_id: Uint8Array }, []>('SELECT user_id FROM departures ORDER BY at, user_id')
        .all();
      return rows.map(({ user_id }) => idFromBytes<UserId>('user', user_id));
    },
    async hasAdministrator() {
      const found = database
        .query(
          `SELECT 1 FROM users WHERE administrator = 1 AND password_hash IS NOT NULL AND suspended_at IS NULL
           AND deleted_at IS NULL LIMIT 1`,
        )
        .get();
      return found !== null;
    },
  };
}
