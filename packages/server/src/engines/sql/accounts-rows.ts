import { type Circle, type Cursor, type DeviceId, idFromBytes, type UserId } from '@maru/protocol';
import {
  type DeviceRecord,
  INVITE_ID_CHARS,
  type InviteRecord,
  type UserRecord,
} from '../../ports/directory.ts';
import type { DeviceRow, InviteRow, UserRow } from './accounts-schema.ts';

export function toUserRecord(row: UserRow): UserRecord {
  return {
    user: idFromBytes<UserId>('user', row.id),
    handle: row.handle,
    name: row.name,
    status: row.status,
    avatar: row.avatar ?? undefined,
    profileAt: row.profile_at,
    passwordHash: row.password_hash ?? undefined,
    administrator: row.administrator === 1,
    hidePresence: row.hide_presence === 1,
    findable: row.findable === 1,
    // What was stored is what the API took.
    whoMayWrite: row.who_may_write as Circle,
    whoMayAdd: row.who_may_add as Circle,
    createdAt: row.created_at,
    suspendedAt: row.suspended_at ?? undefined,
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
    // What was stored is what a cursor's encoder gave.
    cursor: (row.cursor ?? undefined) as Cursor | undefined,
  };
}

export function toInviteRecord(row: InviteRow): InviteRecord {
  return {
    id: row.hash.slice(0, INVITE_ID_CHARS),
    by: row.created_by === null ? undefined : idFromBytes<UserId>('user', row.created_by),
    expiresAt: row.expires_at,
    administrator: row.administrator === 1,
  };
}
