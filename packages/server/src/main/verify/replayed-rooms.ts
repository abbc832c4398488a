import type { RoomId, UserId } from '@maru/protocol';
import type { MemberChange } from '../../core/room/event.ts';
import { readerMemberChange } from '../../core/room/member-changes.ts';
import type { RoomState } from '../../core/room/state.ts';
import { createMemoryEngine, type MemoryEngine } from '../../engines/memory/memory-engine.ts';
import type { LogEntry, RoomLogEntry, SettingEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import { checkEntry } from './check-entry.ts';
import { checkReader } from './check-reader.ts';
import type { Findings } from './finding.ts';

/** Some rooms, made anew in memory from what the log says. */
export class ReplayedRooms {
  readonly engine: MemoryEngine = createMemoryEngine();
  readonly #findings: Findings;
  /** Rooms as they are after what was replayed; those that can't be followed are `undefined`. */
  readonly #rooms = new Map<RoomId, RoomState | undefined>();
  /** Who is in the channels, of whom their states know nobody. */
  readonly #readers = new Map<RoomId, Set<UserId>>();
  /** Where each entry of the memory engine stands in the log. */
  readonly #places: Position[] = [];
  #batch: LogEntry[] = [];

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  get roomCount(): number {
    return this.#rooms.size;
  }

  /** The rooms that could be followed to their end. */
  *sound(): Generator<RoomId> {
    for (const [room, state] of this.#rooms) if (state !== undefined) yield room;
  }

  /** The place in the log of what the memory engine knows under its own. */
  placeOf(position: number): number {
    return this.#places[position - 1] ?? 0;
  }

  add(entry: RoomLogEntry): void {
    const { room } = entry;
    const known = this.#rooms.has(room);
    const before = this.#rooms.get(room);
    if (known && before === undefined) return;
    if (entry.type === 'event') {
      const after = checkEntry(before, entry, this.#findings, this.#readers.get(room));
      this.#rooms.set(room, after);
      if (after === undefined) return;
      if (after.roomKind === 'channel') this.#follow(room, entry.members ?? []);
    } else if (entry.type === 'reader') {
      const after = checkReader(before, entry, this.#findings, this.#readers.get(room));
      this.#rooms.set(room, after);
      if (after === undefined) return;
      this.#follow(room, [readerMemberChange(entry.reader)]);
    } else if (before === undefined) {
      const { position, type } = entry;
      this.#findings.add({ code: 'event', detail: `${type} of a room that is not there`, room, position });
      return;
    }
    this.#place(entry);
  }

  addSetting(entry: SettingEntry): void {
    this.#place(entry);
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    await this.engine.log.append(batch);
  }

  #follow(room: RoomId, changes: readonly MemberChange[]): void {
    const readers = this.#readers.get(room) ?? new Set<UserId>();
    this.#readers.set(room, readers);
    for (const { type, user } of changes) {
      if (type === 'opened') readers.add(user);
      else readers.delete(user);
    }
  }

  #place(entry: LogEntry): void {
    this.#places.push(entry.position);
    this.#batch.push({ ...entry, position: this.#places.length as Position });
  }
}
