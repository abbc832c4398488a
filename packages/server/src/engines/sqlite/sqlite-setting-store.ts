import type { Database } from 'bun:sqlite';
import { idToBytes, type RoomId, type SettingName, settingOf } from '@maru/protocol';
import { hiddenUpTo } from '../../core/user/hidden.ts';
import type { Position } from '../../ports/position.ts';
import type { SettingStore, StoredSetting } from '../../ports/setting-store.ts';

/** `SettingStore` over SQLite: all of it is in the truth. @param database `log.db` */
export function sqliteSettingStore(database: Database): SettingStore {
  const sql = prepare(database);
  return {
    async changes(user, after) {
      return sql.changes.all(idToBytes(user), after).map(toSetting);
    },
    async setting(user, name) {
      const row = sql.setting.get(idToBytes(user), name);
      return row === null ? undefined : toSetting(row);
    },
    async usage(user) {
      return sql.usage.get(idToBytes(user)) ?? { count: 0, bytes: 0 };
    },
    async overview(user) {
      const bytes = idToBytes(user);
      const newest = (sql.newest.get(bytes)?.newest ?? 0) as Position;
      // Most have none, and are not asked twice.
      const rows = newest === 0 ? [] : sql.hidden.all(bytes);
      const hidden = new Map<RoomId, number>();
      for (const { name, value } of rows) {
        const { room } = settingOf(name);
        if (room !== undefined) hidden.set(room, hiddenUpTo(value));
      }
      return { newest, hiddenUpTo: hidden };
    },
  };
}

interface SettingRow {
  readonly name: SettingName;
  readonly value: string | null;
  readonly position: number;
}

function prepare(database: Database) {
  const from = `SELECT s.name AS name, e.content AS value, s.position AS position
    FROM settings AS s JOIN entries AS e USING (position) WHERE s.user = ?`;
  return {
    changes: database.prepare<SettingRow, [Uint8Array, number]>(
      `${from} AND s.position > ? ORDER BY s.position`,
    ),
    setting: database.prepare<SettingRow, [Uint8Array, string]>(`${from} AND s.name = ?`),
    usage: database.prepare<{ count: number; bytes: number }, [Uint8Array]>(
      'SELECT count(bytes) AS count, coalesce(sum(bytes), 0) AS bytes FROM settings WHERE user = ?',
    ),
    newest: database.prepare<{ newest: number | null }, [Uint8Array]>(
      'SELECT max(position) AS newest FROM settings WHERE user = ?',
    ),
    // "0" is the character behind "/".
    hidden: database.prepare<SettingRow, [Uint8Array]>(
      `${from} AND s.name > 'hidden/' AND s.name < 'hidden0' AND s.bytes IS NOT NULL`,
    ),
  };
}

function toSetting({ name, value, position }: SettingRow): StoredSetting {
  return { name, value, position: position as Position };
}
