import { idFromBytes, messagesHiddenBy, type RoomId, type Seq, type UserId } from '@maru/protocol';
import type { EventEntry, LogEntry } from '../../ports/log.ts';
import type { LogReader } from './log-reader.ts';
import { COUNTS_FLAG } from './log-row.ts';
import type { RoomIndex } from './room-index.ts';
import type { DeletedEvent } from './tail-room.ts';

/** What an event erases. */
export interface Erasure {
  /** Where the contents lie: those of the messages, each with those of its edits behind it. */
  readonly positions: readonly number[];
  /** The messages, as far as counting goes. */
  readonly hidden: readonly DeletedEvent[];
}

/** What new entries erase, by their position; what they erase may be among the same entries. */
export function findErasures(
  entries: readonly LogEntry[],
  index: RoomIndex,
  log: LogReader,
): ReadonlyMap<number, Erasure> {
  const erasures = new Map<number, Erasure>();
  let fresh: FreshEvents | undefined;
  for (const entry of entries) {
    if (entry.type !== 'event') continue;
    const targets = messagesHiddenBy(entry.event);
    if (targets.length === 0) continue;
    fresh ??= new FreshEvents(entries);
    const { room, position } = entry;
    const positions: number[] = [];
    const hidden: DeletedEvent[] = [];
    for (const { seq } of targets) {
      const freshTarget = fresh.event(room, seq);
      const at = freshTarget?.position ?? index.position(room, seq);
      if (at === undefined) continue;
      const edits = index.editsOf(room, seq).flatMap((edit) => index.position(room, edit) ?? []);
      positions.push(at, ...edits, ...fresh.edits(room, seq));
      const deleted = freshTarget === undefined ? storedTarget(log, at) : freshFacts(freshTarget);
      if (deleted !== undefined) hidden.push(deleted);
    }
    erasures.set(position, { positions, hidden });
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
