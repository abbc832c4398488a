import type { Database } from 'bun:sqlite';
import { idToBytes, messagesHiddenBy, withReaction } from '@maru/protocol';
import type { RoomEvent } from '../../core/room/event.ts';
import { packKinds, ReactionsReader } from './reactions-reader.ts';

type Bindings = (string | number | Uint8Array)[];

/** Writes what stands on messages into `views.db`, an event at a time, within a transaction of the caller's. */
export class ReactionsWriter {
  readonly #reader: ReactionsReader;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#reader = new ReactionsReader(database);
    this.#statements = prepare(database);
  }

  /** @param room its number in `views.db` */
  note(room: number, event: RoomEvent): void {
    const { refersTo, change } = event;
    if (change?.type === 'reacted' && refersTo !== undefined) this.#react(room, refersTo, event, change);
    for (const { seq } of messagesHiddenBy(event)) {
      for (const erase of [this.#statements.eraseCounts, this.#statements.eraseStanding])
        erase.run(room, seq);
    }
  }

  #react(
    room: number,
    target: number,
    event: RoomEvent,
    { reaction, on }: { reaction: string; on: boolean },
  ): void {
    const { putCounts, putOn, takeOff } = this.#statements;
    const known = this.#reader.counts(room, target, target).get(target)?.kinds ?? [];
    putCounts.run(room, target, event.seq, packKinds(withReaction(known, { reaction, on, mine: false })));
    const user = idToBytes(event.sender);
    if (on) putOn.run(room, target, user, reaction, event.seq);
    else takeOff.run(room, target, user, reaction);
  }
}

function prepare(database: Database) {
  const write = (sql: string) => database.prepare<unknown, Bindings>(sql);
  return {
    putCounts: write('INSERT OR REPLACE INTO reacted VALUES (?, ?, ?, ?)'),
    putOn: write('INSERT OR REPLACE INTO reactions VALUES (?, ?, ?, ?, ?)'),
    takeOff: write('DELETE FROM reactions WHERE room = ? AND target = ? AND user = ? AND reaction = ?'),
    eraseCounts: write('DELETE FROM reacted WHERE room = ? AND target = ?'),
    eraseStanding: write('DELETE FROM reactions WHERE room = ? AND target = ?'),
  };
}
