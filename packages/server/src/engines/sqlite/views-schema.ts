/**
 * `views.db`: what follows from the log, ordered by room and by user. It may be lost at any time: it is made anew by
 * replaying the log. A room is named by the position of its first event, so that every rebuilding gives the same.
 */

/** Changes whenever a statement below, or what is written into the tables, does: then the file is made anew. */
export const VIEWS_SCHEMA = 7;

/** Of a room in which somebody waits to be let in; written just so, a query finds them by the index. */
export const SOMEBODY_ASKS = `instr(facts, '"requests":') > 0`;

/** Of a channel in which somebody is, likewise. */
export const LIVE_CHANNEL = `room_kind = 'channel' AND member_count > 0`;

export const VIEWS_STATEMENTS: readonly string[] = [
  'CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT',
  // "facts": JSON; absent where nothing was ever set. "relation": JSON; absent for a group. "readers_at": position of the
  // newest coming or going of a channel's reader that "member_count" counts. "search": of a public channel what is
  // searched in.
  `CREATE TABLE rooms (
    no INTEGER PRIMARY KEY, room BLOB NOT NULL UNIQUE, room_kind TEXT NOT NULL, name TEXT, creator BLOB NOT NULL,
    history TEXT NOT NULL, member_count INTEGER NOT NULL, seq INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    at INTEGER NOT NULL, position INTEGER NOT NULL, deleted_max INTEGER NOT NULL, time INTEGER NOT NULL,
    rules_version INTEGER NOT NULL, facts TEXT, relation TEXT,
    related_at INTEGER NOT NULL, readers_at INTEGER NOT NULL, search TEXT
  ) STRICT`,
  'CREATE INDEX rooms_public ON rooms (member_count DESC, no) WHERE search IS NOT NULL',
  `CREATE INDEX channels_made ON rooms (creator) WHERE ${LIVE_CHANNEL}`,
  `CREATE INDEX rooms_asked ON rooms (no) WHERE ${SOMEBODY_ASKS}`,
  // Positions of up to SPAN_EVENTS events in a row; "first" is the seq of the first.
  `CREATE TABLE spans (
    room INTEGER NOT NULL, first INTEGER NOT NULL, positions BLOB NOT NULL, PRIMARY KEY (room, first)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE commands (
    room INTEGER NOT NULL, device BLOB NOT NULL, id BLOB NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (room, device, id)
  ) STRICT, WITHOUT ROWID`,
  // "own": how many counting events are the user's; "own_newest": the seqs of the newest of them; older ones lie in own_blocks.
  `CREATE TABLE user_rooms (
    user BLOB NOT NULL, room INTEGER NOT NULL, own INTEGER NOT NULL, own_newest BLOB NOT NULL,
    delivered INTEGER NOT NULL, PRIMARY KEY (user, room)
  ) STRICT, WITHOUT ROWID`,
  // "before": how many of the user's counting events lie before the block's first.
  `CREATE TABLE own_blocks (
    user BLOB NOT NULL, room INTEGER NOT NULL, first INTEGER NOT NULL, before INTEGER NOT NULL, seqs BLOB NOT NULL,
    PRIMARY KEY (user, room, first)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE deleted (
    room INTEGER NOT NULL, seq INTEGER NOT NULL, author BLOB NOT NULL, PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE edits (
    room INTEGER NOT NULL, target INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (room, target, seq)
  ) STRICT, WITHOUT ROWID`,
  // Messages that will expire and still say something.
  `CREATE TABLE expiring (
    room INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, author BLOB NOT NULL, PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX expiring_at ON expiring (at)',
  // "kinds": JSON, each with its number; "seq": the newest reaction to the message, on or off.
  `CREATE TABLE reacted (
    room INTEGER NOT NULL, target INTEGER NOT NULL, seq INTEGER NOT NULL, kinds TEXT NOT NULL,
    PRIMARY KEY (room, target)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE reactions (
    room INTEGER NOT NULL, target INTEGER NOT NULL, user BLOB NOT NULL, reaction TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (room, target, user, reaction)
  ) STRICT, WITHOUT ROWID`,
  // Who is named in which message by whom; of a message that names everybody one row, whose "user" is empty.
  `CREATE TABLE mentions (
    room INTEGER NOT NULL, user BLOB NOT NULL, seq INTEGER NOT NULL, author BLOB NOT NULL,
    PRIMARY KEY (room, user, seq)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX mentions_by_message ON mentions (room, seq)',
  'CREATE TABLE last_active (user BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID',
];

export const SPAN_EVENTS = 64;

/** The `first` of the span in which an event lies. */
export function spanFirst(seq: number): number {
  return seq - ((seq - 1) % SPAN_EVENTS);
}
