import type { Database } from 'bun:sqlite';
import { idToBytes } from '@maru/protocol';
import type { Naming } from '../../core/projection/naming.ts';

/** The `user` of a row that stands for everybody. */
const EVERYBODY = new Uint8Array();

/** Writes who is named in which message into `views.db`. */
export class MentionsWriter {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** Puts those who are named now in the place of those before. */
  write(room: number, { message, author, users, all }: Naming): void {
    this.#statements.clear.run(room, message);
    const by = idToBytes(author);
    if (all) {
      this.#statements.add.run(room, EVERYBODY, message, by);
      return;
    }
    for (const user of new Set(users)) {
      if (user !== author) this.#statements.add.run(room, idToBytes(user), message, by);
    }
  }
}

function prepare(database: Database) {
  return {
    clear: database.prepare<unknown, [number, number]>('DELETE FROM mentions WHERE room = ? AND seq = ?'),
    add: database.prepare<unknown, [number, Uint8Array, number, Uint8Array]>(
      'INSERT INTO mentions VALUES (?, ?, ?, ?)',
    ),
  };
}
