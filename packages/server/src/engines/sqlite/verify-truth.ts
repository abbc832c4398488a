import type { Database } from 'bun:sqlite';
import { idFromBytes, type RoomId, type UserId } from '@maru/protocol';
import type { Finding, ReplayedInterval } from '../../core/projection/log-check.ts';
import { COUNTS_FLAG, DELETION_KIND, MARKS_KIND, parseExtra } from './log-row.ts';

interface MemberRow {
  readonly room: Uint8Array;
  readonly user: Uint8Array;
  readonly joined: number;
  readonly visible_from: number;
  readonly left: number | null;
  readonly how: string | null;
}

type Replayed = Iterable<[RoomId, UserId, readonly ReplayedInterval[]]>;

/** The table of memberships must be what the log's entries make of it. */
export function checkMembers(log: Database, replayed: Replayed): Finding[] {
  const expected = new Map<string, ReplayedInterval & { room: RoomId }>();
  for (const [room, user, intervals] of replayed) {
    for (const interval of intervals)
      expected.set(`${room} ${user} ${interval.joined}`, { ...interval, room });
  }
  const findings: Finding[] = [];
  const rows = log.prepare<MemberRow, []>(
    'SELECT room, user, joined, visible_from, "left", how FROM members',
  );
  for (const row of rows.iterate()) {
    const room = idFromBytes<RoomId>('room', row.room);
    const user = idFromBytes<UserId>('user', row.user);
    const key = `${room} ${user} ${row.joined}`;
    const want = expected.get(key);
    expected.delete(key);
    if (want === undefined) {
      findings.push({ what: 'membership', room, detail: `${user} at ${row.joined} is in no entry` });
    } else if (
      row.visible_from !== want.visibleFrom ||
      (row.left ?? undefined) !== want.left ||
      (row.how ?? undefined) !== want.how
    ) {
      findings.push({
        what: 'membership',
        room,
        detail: `${user} at ${row.joined} differs from its entries`,
      });
    }
  }
  for (const [key, { room }] of expected)
    findings.push({ what: 'membership', room, detail: `${key} is missing` });
  return findings;
}

/** The table of marks must hold each user's newest. */
export function checkMarks(log: Database): Finding[] {
  const stored = 'SELECT user, room, read, read_ordinal, read_own, unread, position FROM marks';
  const replayed = `SELECT sender, room, seq, ordinal, refers_to, at, max(position) FROM entries
    WHERE kind = ${MARKS_KIND} GROUP BY sender, room`;
  const findings: Finding[] = [];
  for (const [sql, detail] of [
    [
      `SELECT * FROM (${stored}) EXCEPT SELECT * FROM (${replayed})`,
      'marks that are not the newest in the log',
    ],
    [`SELECT * FROM (${replayed}) EXCEPT SELECT * FROM (${stored})`, 'marks that are only in the log'],
  ] as const) {
    for (const row of log.prepare(sql).values() as [Uint8Array, Uint8Array, ...number[]][]) {
      const position = row.at(-1);
      const room = idFromBytes<RoomId>('room', row[1]);
      findings.push({ what: 'marks', room, ...(typeof position === 'number' && { position }), detail });
    }
  }
  return findings;
}

/** What a deletion names must be without content. */
export function checkErasures(log: Database): Finding[] {
  const findings: Finding[] = [];
  const deletions = log.prepare<{ position: number; room: Uint8Array; extra: string | null }, []>(
    `SELECT position, room, extra FROM entries WHERE kind & ~${COUNTS_FLAG} = ${DELETION_KIND}`,
  );
  const kept = log.prepare<{ kept: number }, [number]>(
    `SELECT content IS NOT NULL OR position IN (SELECT position FROM bodies) AS kept
     FROM entries WHERE position = ?`,
  );
  for (const { position, room: bytes, extra } of deletions.all()) {
    const room = idFromBytes<RoomId>('room', bytes);
    const { erased = [] } = parseExtra(extra);
    if (erased.length === 0)
      findings.push({ what: 'erasure', position, room, detail: 'a deletion that erases nothing' });
    for (const target of erased) {
      if (kept.get(target)?.kept === 0) continue;
      findings.push({
        what: 'erasure',
        position: target,
        room,
        detail: `deleted at ${position} and still there`,
      });
    }
  }
  return findings;
}
