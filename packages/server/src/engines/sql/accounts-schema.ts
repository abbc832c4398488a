/** Tables of accounts as every SQL engine has them: ids as 16 bytes, flags as 0 and 1, times in milliseconds. */
import type { Generated, Insertable, Selectable } from 'kysely';

export interface AccountsSchema {
  readonly users: UsersTable;
  readonly recovery_codes: { user_id: Uint8Array; hash: string };
  readonly devices: DevicesTable;
  readonly invites: InvitesTable;
  readonly suspended_tokens: { user_id: Uint8Array; hash: string };
  readonly departures: { user_id: Uint8Array; at: number };
  readonly reports: ReportsTable;
  readonly avatars: { hash: string; image: Uint8Array };
  readonly scheduled: ScheduledTable;
  readonly personal_links: { user_id: Uint8Array; code: string };
}

interface UsersTable {
  id: Uint8Array;
  handle: string;
  name: string;
  status: string;
  avatar: string | null;
  profile_at: number;
  password_hash: string | null;
  administrator: number;
  hide_presence: number;
  findable: number;
  who_may_write: string;
  who_may_add: string;
  created_at: number;
  suspended_at: number | null;
  deleted_at: number | null;
}

interface DevicesTable {
  id: Uint8Array;
  user_id: Uint8Array;
  name: string;
  /** Absent when signed out. */
  token_hash: string | null;
  created_at: number;
  last_seen_at: number;
  cursor: string | null;
}

interface InvitesTable {
  hash: string;
  created_by: Uint8Array | null;
  expires_at: number;
  administrator: number;
  used_by: Uint8Array | null;
}

interface ReportsTable {
  report: Generated<number>;
  reporter: Uint8Array;
  user: Uint8Array;
  room: Uint8Array | null;
  seq: number | null;
  reason: string;
  note: string;
  text: string | null;
  at: number;
  closed_at: number | null;
  closed_by: Uint8Array | null;
  remark: string;
  blocked: number;
  command: string | null;
}

/** Messages that are to be sent later. */
interface ScheduledTable {
  id: Uint8Array;
  user_id: Uint8Array;
  room: Uint8Array;
  at: number;
  state: string;
  error: string | null;
  attempt: number;
  revision: number;
  /** Absent once it was sent or cancelled. */
  message: string | null;
}

export type ScheduledRow = Selectable<ScheduledTable>;
export type UserRow = Selectable<UsersTable>;
export type NewUserRow = Insertable<UsersTable>;
export type DeviceRow = Selectable<DevicesTable>;
export type InviteRow = Selectable<InvitesTable>;
export type ReportRow = Selectable<ReportsTable>;
export type NewReportRow = Insertable<ReportsTable>;
