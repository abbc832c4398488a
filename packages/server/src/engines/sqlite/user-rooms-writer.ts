import type { Database } from 'bun:sqlite';
import { packedBytes, packNumbers, unpackNumbers } from './packed-numbers.ts';

/** Own events whose seqs stand in the user's row of a room; beyond, all but half of them are moved into blocks. */
const OWN_NEWEST_MAX = 128;
const OWN_NEWEST_BYTES_MAX = packedBytes(OWN_NEWEST_MAX);
const OWN_KEPT = OWN_NEWEST_MAX / 2;
/** Seqs of one block. */
const OWN_BLOCK = 512;

/** Writes what `views.db` knows of users in rooms. Giving it users in the order of their ids costs least. */
export class UserRoomsWriter {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** @param seqs of counting events of the user's own, rising, above all that were given before */
  addOwn(user: Uint8Array, room: number, seqs: readonly number[]): void {
    const bytes = this.#statements.addOwn.get(user, room, seqs.length, packNumbers(seqs))?.bytes ?? 0;
    if (bytes > OWN_NEWEST_BYTES_MAX) this.#moveOld(user, room);
  }

  addDelivered(user: Uint8Array, room: number, seq: number): void {
    this.#statements.addDelivered.run(user, room, seq);
  }

  #moveOld(user: Uint8Array, room: number): void {
    const row = this.#statements.own.get(user, room);
    if (row === null) return;
    const newest = unpackNumbers(row.own_newest);
    const old = newest.splice(0, newest.length - OWN_KEPT);
    let before = row.own - newest.length - old.length;
    for (let from = 0; from < old.length; from += OWN_BLOCK) {
      const block = old.slice(from, from + OWN_BLOCK);
      this.#statements.addBlock.run(user, room, block[0] ?? 0, before, packNumbers(block));
      before += block.length;
    }
    this.#statements.keep.run(packNumbers(newest), user, room);
  }
}

function prepare(database: Database) {
  return {
    addOwn: database.prepare<{ bytes: number }, [Uint8Array, number, number, Uint8Array]>(
      `INSERT INTO user_rooms VALUES (?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET own = own + excluded.own,
       own_newest = CAST(own_newest || excluded.own_newest AS BLOB) RETURNING length(own_newest) AS bytes`,
    ),
    addDelivered: database.prepare<unknown, [Uint8Array, number, number]>(
      `INSERT INTO user_rooms VALUES (?, ?, 0, x'', ?)
       ON CONFLICT DO UPDATE SET delivered = max(delivered, excluded.delivered)`,
    ),
    own: database.prepare<{ own: number; own_newest: Uint8Array }, [Uint8Array, number]>(
      'SELECT own, own_newest FROM user_rooms WHERE user = ? AND room = ?',
    ),
    keep: database.prepare<unknown, [Uint8Array, Uint8Array, number]>(
      'UPDATE user_rooms SET own_newest = ? WHERE user = ? AND room = ?',
    ),
    addBlock: database.prepare<unknown, [Uint8Array, number, number, number, Uint8Array]>(
      'INSERT INTO own_blocks VALUES (?, ?, ?, ?, ?)',
    ),
  };
}
