import { type DeviceId, idFromBytes, type UserId } from '@maru/protocol';
import type { DeviceRecord, UserRecord } from '../../ports/directory.ts';
import type { DeviceRow, UserRow } from './accounts-schema.ts';

export function toUserRecord(row: UserRow): UserRecord {
  return {
    user: idFromBytes<UserId>('user', row.id),
    handle: row.handle,
    name: row.name,
    passwordHash: row.password_hash ?? undefined,
    administrator: row.administrator === 1,
    hidePresence: row.hide_presence === 1,
    createdAt: row.created_at,
    deletedAt: row.deleted_at ?? undefined,
  };
}

export function toDeviceRecord(row: DeviceRow): DeviceRecord {
  return {
    device: idFromBytes<DeviceId>('device', row.id),
    user: idFromBytes<UserId>('user', row.user_id),
    name: row.name,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    signedIn: row.token_hash !== null,
  };
}
