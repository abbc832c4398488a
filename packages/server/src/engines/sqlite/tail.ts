import type { EventKind, RoomId, UserId } from '@maru/protocol';
import type { EventEntry, LogEntry } from '../../core/log-entry.ts';
import { namingsOf } from '../../core/projection/naming.ts';
import type { RoomEvent } from '../../core/room/event.ts';
import type { Position } from '../../ports/position.ts';
import type { ExpiringMessage } from '../../ports/room-store.ts';
import { type DeletedEvent, type TailEvent, TailRoom } from './tail-room.ts';

/** About what the tail holds of an entry: an object, its strings, and its place in two lists. */
const ENTRY_BYTES = 400;

/** A stretch of the log that is handed to the projections' thread as a whole. */
interface Segment {
  readonly rooms: Map<RoomId, TailRoom>;
  through: Position;
  entries: number;
  /** Few messages do. */
  readonly expiring: ExpiringMessage[];
  /** What was deleted or has expired, by {@link expiringKey}. */
  readonly gone: string[];
  /** Rooms that may be shown otherwise in the directory of channels, or not any more. */
  readonly relisted: Set<RoomId>;
}

/** Names a message among those of all rooms. */
export function expiringKey(room: RoomId, seq: number): string {
  return `${room} ${seq}`;
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
    this.#open = emptySegment(through);
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

  /** @param hidden what it deletes, or says to have expired */
  add(entry: LogEntry, hidden: readonly DeletedEvent[] = NOTHING_HIDDEN): void {
    const segment = this.#open;
    segment.through = entry.position;
    segment.entries++;
    // Marks and settings are read from the truth.
    if (entry.type === 'marks' || entry.type === 'setting') return;
    let room = segment.rooms.get(entry.room);
    if (room === undefined) {
      room = new TailRoom();
      segment.rooms.set(entry.room, room);
    }
    if (entry.type === 'refusal') room.addRefusal(entry);
    else if (entry.type === 'reader') {
      room.addReader(entry);
      segment.relisted.add(entry.room);
    } else {
      if (mayRelist(entry.event)) segment.relisted.add(entry.room);
      room.add(tailEvent(entry, hidden));
      noteExpiring(segment, entry, hidden);
    }
  }

  /** Messages that expire, and those of which nothing is left. */
  *expiring(): Generator<Pick<Segment, 'expiring' | 'gone'>> {
    for (const segment of this.#segments) {
      if (segment.expiring.length > 0 || segment.gone.length > 0) yield segment;
    }
  }

  /** Rooms that the directory of channels may show otherwise than the projections have it. */
  relisted(): Set<RoomId> {
    const rooms = new Set<RoomId>();
    for (const { relisted } of this.#segments) for (const room of relisted) rooms.add(room);
    return rooms;
  }

  /** Rooms that the user has asked to be let into. */
  *askedBy(user: UserId): Generator<RoomId> {
    for (const { rooms } of this.#segments) {
      for (const [room, { rare }] of rooms)
        if (rare.some(({ sender, rare }) => sender === user && rare?.event.kind === 'join-requested'))
          yield room;
    }
  }

  /** Closes the open segment and gives its last position: what the projections take in next. */
  seal(): Position {
    const { through } = this.#open;
    this.#open = emptySegment(through);
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

/** What changes how a channel is listed. */
const RELISTING: readonly EventKind[] = ['renamed', 'described', 'left', 'removed'];

/** Where a group begins nothing is listed; of a later event its room's kind is not known here. */
function mayRelist({ kind, change }: RoomEvent): boolean {
  if (change?.type === 'created') return change.roomKind === 'channel';
  return RELISTING.includes(kind);
}

const NOTHING_HIDDEN: readonly DeletedEvent[] = [];

function emptySegment(through: Position): Segment {
  return { rooms: new Map(), through, entries: 0, expiring: [], gone: [], relisted: new Set() };
}

function noteExpiring(segment: Segment, { room, event }: EventEntry, hidden: readonly DeletedEvent[]): void {
  const { kind, seq, sender, expiresAt } = event;
  if (kind === 'message' && expiresAt !== undefined) segment.expiring.push({ room, seq, sender, expiresAt });
  for (const { seq: gone } of hidden) segment.gone.push(expiringKey(room, gone));
}

function tailEvent(entry: EventEntry, hidden: readonly DeletedEvent[]): TailEvent {
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
    hidden,
    rare: isRare(event) ? withoutContent(entry) : undefined,
  };
}

/** Whether it does more than add a message that names nobody. */
function isRare(event: RoomEvent): boolean {
  return event.kind !== 'message' || event.change !== undefined || namingsOf(event).length > 0;
}

/** Contents are read from the log; the tail holds none, so that what is erased there is erased. */
function withoutContent(entry: EventEntry): EventEntry {
  const { body: _body, ...rest } = entry;
  const { content: _content, ...event } = entry.event;
  return { ...rest, event };
}
