import type { Migration } from './migrations.ts';

/**
 * `log.db`, the truth. `entries` is only ever appended to: a row goes to the end of the file, whatever its room
 * (docs/adr/0001-storage-layout.md). What must be true the moment a commit is acknowledged — memberships, marks,
 * accounts — is changed in the commit of the entry that changes it.
 */
export const LOG_MIGRATIONS: readonly Migration[] = [
  {
    name: '2026-11-entries',
    statements: [
      // `log` names this log, so that projections of another one are noticed; `epoch` is the history epoch.
      'CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT',
      "INSERT INTO facts VALUES ('log', abs(random() % 1000000000000)), ('epoch', abs(random() % 1000000000))",
      `CREATE TABLE entries (
        position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, room BLOB NOT NULL, seq INTEGER NOT NULL,
        at INTEGER NOT NULL, sender BLOB, device BLOB, command BLOB, ordinal INTEGER NOT NULL, refers_to INTEGER,
        extra TEXT, content TEXT
      ) STRICT`,
      // Whole contents of long messages: apart, so that reading a page of history does not walk through them.
      'CREATE TABLE bodies (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT',
      // "position" is the entry that changed the row last; "peer" the other one of a direct room.
      `CREATE TABLE members (
        room BLOB NOT NULL, user BLOB NOT NULL, joined INTEGER NOT NULL, visible_from INTEGER NOT NULL,
        "left" INTEGER, how TEXT, joined_ordinal INTEGER NOT NULL, peer BLOB, position INTEGER NOT NULL,
        PRIMARY KEY (room, user, joined)
      ) STRICT, WITHOUT ROWID`,
      'CREATE INDEX members_by_user ON members (user)',
      `CREATE TABLE marks (
        user BLOB NOT NULL, room BLOB NOT NULL, read INTEGER NOT NULL, read_ordinal INTEGER NOT NULL,
        read_own INTEGER NOT NULL, unread INTEGER NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (user, room)
      ) STRICT, WITHOUT ROWID`,
    ],
  },
  {
    name: '2026-11-accounts',
    statements: [
      `CREATE TABLE users (
        id BLOB PRIMARY KEY, handle TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password_hash TEXT,
        administrator INTEGER NOT NULL, hide_presence INTEGER NOT NULL, created_at INTEGER NOT NULL, deleted_at INTEGER
      ) STRICT`,
      `CREATE TABLE recovery_codes (
        user_id BLOB NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (user_id, hash)
      ) STRICT, WITHOUT ROWID`,
      `CREATE TABLE devices (
        id BLOB PRIMARY KEY, user_id BLOB NOT NULL, name TEXT NOT NULL, token_hash TEXT UNIQUE,
        created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL
      ) STRICT`,
      'CREATE INDEX devices_by_user ON devices (user_id)',
      `CREATE TABLE invites (
        hash TEXT PRIMARY KEY, created_by BLOB, expires_at INTEGER NOT NULL, administrator INTEGER NOT NULL,
        used_by BLOB
      ) STRICT`,
      // Deleted accounts whose rooms are still to be left.
      'CREATE TABLE departures (user_id BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT',
    ],
  },
  {
    name: '2026-11-administration',
    statements: [
      'ALTER TABLE users ADD COLUMN suspended_at INTEGER',
      // How far the device had its inbox when it was last heard.
      'ALTER TABLE devices ADD COLUMN cursor TEXT',
      // Tokens that a suspension has ended: who shows one is told why.
      `CREATE TABLE suspended_tokens (
        user_id BLOB NOT NULL, hash TEXT NOT NULL UNIQUE, PRIMARY KEY (user_id, hash)
      ) STRICT, WITHOUT ROWID`,
      // What administrators list, so that a page costs the same however many there are.
      'CREATE INDEX users_suspended ON users (handle) WHERE suspended_at IS NOT NULL',
      'CREATE INDEX users_administrators ON users (handle) WHERE administrator = 1',
      'CREATE INDEX invites_open ON invites (expires_at, hash) WHERE used_by IS NULL',
    ],
  },
  {
    name: '2026-11-settings',
    statements: [
      // What users keep for themselves: where the newest value of each name lies. "bytes" is NULL where it was removed.
      `CREATE TABLE settings (
        user BLOB NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, bytes INTEGER, PRIMARY KEY (user, name)
      ) STRICT, WITHOUT ROWID`,
      'CREATE INDEX settings_by_position ON settings (user, position)',
    ],
  },
  {
    name: '2026-11-people',
    statements: [
      "ALTER TABLE users ADD COLUMN status TEXT NOT NULL DEFAULT ''",
      // Of two profiles of a person the one with the higher number is newer.
      'ALTER TABLE users ADD COLUMN profile_at INTEGER NOT NULL DEFAULT 0',
      'UPDATE users SET profile_at = created_at',
      'ALTER TABLE users ADD COLUMN findable INTEGER NOT NULL DEFAULT 1',
      "ALTER TABLE users ADD COLUMN who_may_write TEXT NOT NULL DEFAULT 'everyone'",
      "ALTER TABLE users ADD COLUMN who_may_add TEXT NOT NULL DEFAULT 'everyone'",
      // Pictures stand here and not in files, so that a copy of this file is a backup of them, and one transaction both
      // sets one and forgets the one before.
      'ALTER TABLE users ADD COLUMN avatar TEXT',
      'CREATE INDEX users_avatar ON users (avatar) WHERE avatar IS NOT NULL',
      'CREATE TABLE avatars (hash TEXT PRIMARY KEY, image BLOB NOT NULL) STRICT',
      // A number is never used again: what an administrator wrote down stays right.
      `CREATE TABLE reports (
        report INTEGER PRIMARY KEY AUTOINCREMENT, reporter BLOB NOT NULL, user BLOB NOT NULL, room BLOB, seq INTEGER,
        reason TEXT NOT NULL, note TEXT NOT NULL, text TEXT, at INTEGER NOT NULL, closed_at INTEGER, closed_by BLOB,
        remark TEXT NOT NULL
      ) STRICT`,
      'CREATE INDEX reports_open ON reports (report) WHERE closed_at IS NULL',
      'CREATE INDEX reports_closed ON reports (report) WHERE closed_at IS NOT NULL',
      'CREATE INDEX reports_open_by ON reports (reporter) WHERE closed_at IS NULL',
    ],
  },
  {
    name: '2026-11-scheduled',
    statements: [
      // What was sent or cancelled stays without its message, so that nothing makes it a second time.
      `CREATE TABLE scheduled (
        id BLOB PRIMARY KEY, user_id BLOB NOT NULL, room BLOB NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL,
        error TEXT, attempt INTEGER NOT NULL, revision INTEGER NOT NULL, message TEXT
      ) STRICT, WITHOUT ROWID`,
      'CREATE INDEX scheduled_by_user ON scheduled (user_id)',
      'CREATE INDEX scheduled_by_revision ON scheduled (revision)',
      "CREATE INDEX scheduled_waiting ON scheduled (at) WHERE state = 'waiting'",
      "CREATE INDEX scheduled_firing ON scheduled (at) WHERE state = 'firing'",
      "CREATE INDEX scheduled_left ON scheduled (user_id) WHERE state IN ('waiting', 'firing', 'failed')",
    ],
  },
  {
    name: '2026-11-personal-links',
    statements: [
      // The code as it is: its owner is shown it again, and who reads this file needs no link to find anybody.
      'CREATE TABLE personal_links (user_id BLOB PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT, WITHOUT ROWID',
    ],
  },
  {
    name: '2026-11-block-reports',
    statements: [
      'ALTER TABLE reports ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0',
      // The command that it came with: a repetition of that, however late, brings no second one.
      'ALTER TABLE reports ADD COLUMN command TEXT',
      'CREATE UNIQUE INDEX reports_command ON reports (command) WHERE command IS NOT NULL',
    ],
  },
  {
    name: '2026-11-departed-askers',
    statements: [
      // Who deleted the account before this left their rooms, but not those that they waited to be let into: once more.
      'INSERT OR IGNORE INTO departures SELECT id, deleted_at FROM users WHERE deleted_at IS NOT NULL',
    ],
  },
];
