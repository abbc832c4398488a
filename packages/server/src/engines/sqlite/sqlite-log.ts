import type { Log, LogEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import { type Erasure, findErasures } from './erasures.ts';
import type { LogGroups } from './log-groups.ts';
import type { LogReader } from './log-reader.ts';
import { toLogRow } from './log-row.ts';
import type { RoomIndex } from './room-index.ts';
import type { Tail } from './tail.ts';
import type { ViewsFeeder } from './views-feeder.ts';

/** Entries of one batch of a replay. */
const REPLAY_BATCH_ENTRIES = 1_000;

interface Parts {
  readonly epoch: number;
  readonly groups: LogGroups;
  readonly reader: LogReader;
  readonly index: RoomIndex;
  readonly tail: Tail;
  readonly feeder: ViewsFeeder;
}

/** `Log` over SQLite: `log.db` through its thread, and the tail for what the projections don't have yet. */
export class SqliteLog implements Log {
  readonly epoch: number;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.epoch = parts.epoch;
    this.#parts = parts;
  }

  get head(): Position {
    return this.#parts.tail.through;
  }

  /** Takes in what the log holds above the tail: what the projections had not taken in when the engine was closed. */
  load(head: Position): void {
    const { index, reader, tail } = this.#parts;
    while (tail.through < head) {
      const entries = reader.entries(tail.through, head, REPLAY_BATCH_ENTRIES);
      if (entries.length === 0)
        throw new Error(`the log ends at position ${tail.through}, before its head ${head}`);
      this.#takeIn(entries, findErasures(entries, index, reader));
    }
  }

  async append(entries: readonly LogEntry[]): Promise<void> {
    const [first] = entries;
    if (first === undefined) return;
    if (first.position !== this.head + 1) throw new Error(`position ${first.position} after ${this.head}`);
    const { feeder, groups, index, reader } = this.#parts;
    const wait = feeder.room();
    if (wait !== undefined) await wait;
    const erasures = findErasures(entries, index, reader);
    const rows = entries.map((entry) => toLogRow(entry, erasures.get(entry.position)?.positions));
    const bodies = entries.flatMap((entry) =>
      entry.type === 'event' && entry.body !== undefined ? [[entry.position, entry.body] as const] : [],
    );
    await groups.append(rows, bodies);
    this.#takeIn(entries, erasures);
  }

  replay(after: Position): AsyncIterable<readonly LogEntry[]> {
    return this.#replay(after, this.head);
  }

  async *#replay(after: Position, head: Position): AsyncGenerator<readonly LogEntry[]> {
    for (let from = after; from < head; ) {
      const batch = this.#parts.reader.entries(from, head, REPLAY_BATCH_ENTRIES);
      const last = batch.at(-1);
      if (last === undefined) throw new Error(`the log ends at position ${from}, before its head ${head}`);
      from = last.position;
      yield batch;
    }
  }

  #takeIn(entries: readonly LogEntry[], erasures: ReadonlyMap<number, Erasure>): void {
    const { feeder, tail } = this.#parts;
    for (const entry of entries) tail.add(entry, erasures.get(entry.position)?.hidden);
    feeder.nudge();
  }
}
