import type { Database } from 'bun:sqlite';
import { packedBytes, packNumbers, unpackNumbers } from './packed-numbers.ts';

/** Own events whose seqs stand in the user's row of a room; beyond, all but half of them are moved into blocks. */
const OWN_NEWEST_MAX = 128;
const OWN_NEWEST_BYTES_MAX = packedBytes(OWN_NEWEST_MAX);
const OWN_KEPT = OWN_NEWEST_MAX / 2;
/** Seqs of one block. */
const OWN_BLOCK = 512;

interface UserRoomChange {
  readonly userHex: string;
  readonly user: Uint8Array;
  readonly room: number;
  readonly seqs: number[];
  delivered: number;
}

/** Collects what changes for users in rooms, and writes it sorted by user. */
export class UserRoomsWriter {
  readonly #statements: ReturnType<typeof prepare>;
  /** By user and room. */
  readonly #changes = new Map<string, UserRoomChange>();

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** Forgets what was collected and not written. */
  clear(): void {
    this.#changes.clear();
  }

  /** @param seqs of counting events of the user's own, rising, above all that were given before */
  addOwn(userHex: string, user: Uint8Array, room: number, seqs: readonly number[]): void {
    const change = this.#change(userHex, user, room);
    for (const seq of seqs) change.seqs.push(seq);
  }

  addDelivered(user: Uint8Array, room: number, seq: number): void {
    const change = this.#change(Buffer.from(user).toString('hex').toUpperCase(), user, room);
    change.delivered = Math.max(change.delivered, seq);
  }

  flush(): void {
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    changes.sort((a, b) => (a.userHex < b.userHex ? -1 : a.userHex > b.userHex ? 1 : a.room - b.room));
    for (const { user, room, seqs, delivered } of changes) {
      const bytes =
        this.#statements.add.get(user, room, seqs.length, packNumbers(seqs), delivered)?.bytes ?? 0;
      if (bytes > OWN_NEWEST_BYTES_MAX) this.#moveOld(user, room);
    }
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

  #change(userHex: string, user: Uint8Array, room: number): UserRoomChange {
    const key = `${userHex}${room}`;
    let change = this.#changes.get(key);
    if (change === undefined) {
      change = { userHex, user, room, seqs: [], delivered: 0 };
      this.#changes.set(key, change);
    }
    return change;
  }
}

function prepare(database: Database) {
  return {
    add: database.prepare<{ bytes: number }, [Uint8Array, number, number, Uint8Array, number]>(
      `INSERT INTO user_rooms VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET own = own + excluded.own,
       own_newest = CAST(own_newest || excluded.own_newest AS BLOB), delivered = max(delivered, excluded.delivered)
       RETURNING length(own_newest) AS bytes`,
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
