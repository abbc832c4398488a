import type { RoomId } from '@maru/protocol';
import type { EventEntry, LogEntry } from '../../core/log-entry.ts';
import { namingOf } from '../../core/projection/naming.ts';
import type { Position } from '../../ports/position.ts';
import { type DeletedEvent, type TailEvent, TailRoom } from './tail-room.ts';

/** About what the tail holds of an entry: an object, its strings, and its place in two lists. */
const ENTRY_BYTES = 400;

/** A stretch of the log that is handed to the projections' thread as a whole. */
interface Segment {
  readonly rooms: Map<RoomId, TailRoom>;
  through: Position;
  entries: number;
}

/**
 * The log's newest entries in memory: those that the projections may not have yet. Reads look at both, so that they see
 * everything that was appended, however far the projections lag. Entries may be in both; every fact that is read says
 * where it stands, and is counted once.
 */
export class Tail {
  /** In the order of the log; the last one is open. */
  readonly #segments: Segment[];
  #open: Segment;

  /** @param through the position up to which the projections hold everything */
  constructor(through: Position) {
    this.#open = { rooms: new Map(), through, entries: 0 };
    this.#segments = [this.#open];
  }

  /** The newest position that was taken in. */
  get through(): Position {
    return this.#open.through;
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { entries }) => sum + entries, 0) * ENTRY_BYTES;
  }

  /** Entries that were not handed to the projections' thread yet. */
  get openEntries(): number {
    return this.#open.entries;
  }

  /** A room's entries, oldest first. */
  *of(room: RoomId): Generator<TailRoom> {
    for (const { rooms } of this.#segments) {
      const found = rooms.get(room);
      if (found !== undefined) yield found;
    }
  }

  /** @param deleted of a deletion: what it deletes */
  add(entry: LogEntry, deleted?: DeletedEvent): void {
    const segment = this.#open;
    segment.through = entry.position;
    segment.entries++;
    // Marks are read from the truth.
    if (entry.type === 'marks') return;
    let room = segment.rooms.get(entry.room);
    if (room === undefined) {
      room = new TailRoom();
      segment.rooms.set(entry.room, room);
    }
    if (entry.type === 'refusal') room.addRefusal(entry);
    else room.add(tailEvent(entry, deleted));
  }

  /** Closes the open segment and gives its last position: what the projections take in next. */
  seal(): Position {
    const { through } = this.#open;
    this.#open = { rooms: new Map(), through, entries: 0 };
    this.#segments.push(this.#open);
    return through;
  }

  /** The projections hold everything up to here. */
  drop(through: Position): void {
    for (
      let first = this.#segments[0];
      first !== undefined && first !== this.#open;
      first = this.#segments[0]
    ) {
      if (first.through > through) return;
      this.#segments.shift();
    }
  }
}

function tailEvent(entry: EventEntry, deleted: DeletedEvent | undefined): TailEvent {
  const { event, position } = entry;
  return {
    position,
    seq: event.seq,
    at: event.at,
    ordinal: event.ordinal,
    counts: event.counts,
    sender: event.sender,
    device: event.device,
    command: event.clientMessageId,
    rare: event.kind === 'message' && namingOf(event) === undefined ? undefined : withoutContent(entry),
    deleted,
  };
}

/** Contents are read from the log; the tail holds none, so that what is erased there is erased. */
function withoutContent(entry: EventEntry): EventEntry {
  const { body: _body, ...rest } = entry;
  const { content: _content, ...event } = entry.event;
  return { ...rest, event };
}
