import type { Database } from 'bun:sqlite';
import { idFromBytes, idToBytes, type Reactions, type Seq, type UserId } from '@maru/protocol';
import type { Reacted } from '../../ports/room-store.ts';

interface CountsRow {
  readonly target: number;
  readonly seq: number;
  readonly kinds: string;
}

/** Reads of what stands on messages, as far as `views.db` knows. Rooms are given by their number there. */
export class ReactionsReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** What stands on the messages `from`–`to` that ever had a reaction, by their numbers. */
  counts(room: number, from: number, to: number): Map<number, Reactions> {
    const rows = this.#statements.counts.all(room, from, to);
    return new Map(rows.map((row) => [row.target, toReactions(row)]));
  }

  /** In no order. */
  standing(room: number, target: number): Reacted[] {
    return this.#statements.standing.all(room, target).map(({ user, reaction, seq }) => ({
      user: idFromBytes<UserId>('user', user),
      reaction,
      seq: seq as Seq,
    }));
  }

  /** The kinds that a user has put on a message, and by which events. */
  ownOf(room: number, target: number, user: UserId): Map<string, Seq> {
    const rows = this.#statements.own.all(room, target, idToBytes(user));
    return new Map(rows.map(({ reaction, seq }) => [reaction, seq as Seq]));
  }
}

function prepare(database: Database) {
  return {
    counts: database.prepare<CountsRow, [number, number, number]>(
      'SELECT target, seq, kinds FROM reacted WHERE room = ? AND target BETWEEN ? AND ?',
    ),
    standing: database.prepare<{ user: Uint8Array; reaction: string; seq: number }, [number, number]>(
      'SELECT user, reaction, seq FROM reactions WHERE room = ? AND target = ?',
    ),
    own: database.prepare<{ reaction: string; seq: number }, [number, number, Uint8Array]>(
      'SELECT reaction, seq FROM reactions WHERE room = ? AND target = ? AND user = ?',
    ),
  };
}

/** A kind and its number, as they lie in the table. */
type PackedKind = readonly [reaction: string, count: number];

function toReactions({ seq, kinds }: CountsRow): Reactions {
  const packed = JSON.parse(kinds) as PackedKind[];
  return {
    seq: seq as Seq,
    kinds: packed.map(([reaction, count]) => ({ reaction, count, mine: false })),
  };
}

export function packKinds(kinds: Reactions['kinds']): string {
  return JSON.stringify(kinds.map(({ reaction, count }): PackedKind => [reaction, count]));
}
