/** Where the peer keeps messages: one table in SQLite, durable when a method returns (WAL, synchronous = FULL). */
import { DatabaseSync } from 'node:sqlite';

export interface Message {
  readonly room: string;
  readonly sender: string;
  readonly clientMessageId: string;
  readonly text: string;
  /** Unix time in milliseconds. */
  readonly at: number;
}

/** The row's number is its message's `seq`: it rises over all rooms. */
const SCHEMA =
  'CREATE TABLE messages (seq INTEGER PRIMARY KEY, room TEXT, sender TEXT, client_message_id TEXT, at INTEGER, text TEXT)';

/** No index but the table's own: neither a retry nor a page of history is looked up, which spares it work. */
export class MessageStore {
  readonly #begin;
  readonly #insert;
  readonly #commit;

  constructor(file: string) {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    // Fewer, larger checkpoints than by default, as for the bare pipeline.
    database.exec('PRAGMA wal_autocheckpoint = 4000');
    database.exec(SCHEMA);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#insert = database.prepare(
      'INSERT INTO messages (room, sender, client_message_id, at, text) VALUES (?, ?, ?, ?, ?)',
    );
    this.#commit = database.prepare('COMMIT');
  }

  /** Stores one message in a transaction of its own; returns its `seq`. */
  append({ room, sender, clientMessageId, at, text }: Message): number {
    return Number(this.#insert.run(room, sender, clientMessageId, at, text).lastInsertRowid);
  }

  /** Stores a group in one transaction; returns their `seq` in the same order. */
  appendAll(messages: readonly Message[]): number[] {
    this.#begin.run();
    const seqs = messages.map((message) => this.append(message));
    this.#commit.run();
    return seqs;
  }
}
