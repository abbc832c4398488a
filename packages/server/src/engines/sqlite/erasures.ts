import { idFromBytes, type RoomId, type Seq, type UserId } from '@maru/protocol';
import type { EventEntry, LogEntry } from '../../ports/log.ts';
import type { LogReader } from './log-reader.ts';
import { COUNTS_FLAG } from './log-row.ts';
import type { RoomIndex } from './room-index.ts';
import type { DeletedEvent } from './tail-room.ts';

/** What a deletion erases. */
export interface Erasure {
  /** Where the contents lie: that of the deleted event, then those of its edits. */
  readonly positions: readonly number[];
  readonly deleted: DeletedEvent | undefined;
}

/** What the deletions among new entries erase, by their position; what they delete may be among the same entries. */
export function findErasures(
  entries: readonly LogEntry[],
  index: RoomIndex,
  log: LogReader,
): ReadonlyMap<number, Erasure> {
  const erasures = new Map<number, Erasure>();
  let fresh: FreshEvents | undefined;
  for (const entry of entries) {
    if (entry.type !== 'event' || entry.event.kind !== 'deletion' || entry.event.refersTo === undefined)
      continue;
    fresh ??= new FreshEvents(entries);
    const { room, position } = entry;
    const target = entry.event.refersTo;
    const freshTarget = fresh.event(room, target);
    const at = freshTarget?.position ?? index.position(room, target);
    if (at === undefined) continue;
    const edits = index.editsOf(room, target).flatMap((seq) => index.position(room, seq) ?? []);
    const positions = [at, ...edits, ...fresh.edits(room, target)];
    const deleted = freshTarget === undefined ? storedTarget(log, at) : freshFacts(freshTarget);
    erasures.set(position, { positions, deleted });
  }
  return erasures;
}

/** New entries by room and number. */
class FreshEvents {
  readonly #events = new Map<string, EventEntry>();
  readonly #edits = new Map<string, number[]>();

  constructor(entries: readonly LogEntry[]) {
    for (const entry of entries) {
      if (entry.type !== 'event') continue;
      const { room, event, position } = entry;
      this.#events.set(`${room} ${event.seq}`, entry);
      if (event.kind !== 'edit') continue;
      const key = `${room} ${event.refersTo}`;
      this.#edits.set(key, [...(this.#edits.get(key) ?? []), position]);
    }
  }

  event(room: RoomId, seq: Seq): EventEntry | undefined {
    return this.#events.get(`${room} ${seq}`);
  }

  edits(room: RoomId, target: Seq): readonly number[] {
    return this.#edits.get(`${room} ${target}`) ?? [];
  }
}

function freshFacts({ event }: EventEntry): DeletedEvent {
  return { seq: event.seq, author: event.sender, counts: event.counts };
}

function storedTarget(log: LogReader, position: number): DeletedEvent | undefined {
  const row = log.row(position);
  if (row === undefined || row.sender === null) return undefined;
  const author = idFromBytes<UserId>('user', row.sender);
  return { seq: row.seq as Seq, author, counts: (row.kind & COUNTS_FLAG) !== 0 };
}
