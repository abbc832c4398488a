import type { ErrorBody, RoomId } from '@maru/protocol';
import type { RoomState } from '../../core/room/state.ts';
import type { EventEntry, LogEntry, ReaderEntry, RefusalEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { Answer, SubmittedCommand } from '../../ports/rooms.ts';
import type { CommitItem } from '../commit/committer.ts';
import { HeldBack } from './held-back.ts';

/** A room in memory. The states are immutable: to fall back behind a failed append is to take the old pointer. */
export class LiveRoom {
  readonly room: RoomId;
  /** What is on the disk, and what it will be once all that is decided is, too. */
  committed: RoomState | undefined;
  tentative: RoomState | undefined;
  loaded = false;
  /** Decided and not yet committed, in order. */
  readonly pending: Submission[] = [];
  /** Not yet decided: the room is being loaded, or a command before them is waiting for a look-up. */
  readonly waiting: Submission[] = [];
  /** Whether somebody is at work on `waiting`. */
  draining = false;
  /** What the committer holds of this room: `pending`, and answers that wait behind it. */
  inFlight = 0;
  readonly heldBack = new HeldBack();
  /** The operator was told that this program does not know the room's rules. */
  rulesReported = false;
  /** Used since the last sweep. */
  touched = true;

  constructor(room: RoomId) {
    this.room = room;
  }

  get idle(): boolean {
    return this.inFlight === 0 && this.waiting.length === 0 && !this.draining;
  }

  fallBack(): void {
    this.tentative = this.committed;
    this.pending.length = 0;
  }
}

/** What a room decides to store, before it has its place in the log. */
export type UnplacedEntry =
  | Omit<EventEntry, 'position'>
  | Omit<RefusalEntry, 'position'>
  | Omit<ReaderEntry, 'position'>;

/** What others hear of when it is committed. */
export type Heard = EventEntry | ReaderEntry;

/** About what an entry costs beside its content. */
const ENTRY_BYTES = 512;

/** One command on its way through the room and the committer. */
export class Submission implements CommitItem {
  readonly live: LiveRoom;
  /** Without one it asks only for its turn: that all before it is answered. */
  command: SubmittedCommand | undefined;
  /** What is to be stored, and the room's state behind it; neither where only an answer waits its turn. */
  entry: UnplacedEntry | undefined;
  after: RoomState | undefined;
  answered: Answer | undefined;
  /** Refused while it waited to be decided on. */
  isRefused = false;
  /** To be called when the answer is out. */
  onAnswered: (() => void) | undefined;
  readonly #deliver: (entry: Heard, after: RoomState, live: LiveRoom) => void;
  readonly #resolve: (answer: Answer) => void;
  #placed: LogEntry | undefined;

  constructor(
    live: LiveRoom,
    command: SubmittedCommand | undefined,
    deliver: (entry: Heard, after: RoomState, live: LiveRoom) => void,
    resolve: (answer: Answer) => void,
  ) {
    this.live = live;
    this.command = command;
    this.#deliver = deliver;
    this.#resolve = resolve;
  }

  get bytes(): number {
    const { command } = this;
    const content = command !== undefined && 'content' in command ? command.content.length : 0;
    return ENTRY_BYTES + content + (command?.body?.length ?? 0);
  }

  entryAt(position: Position): LogEntry | undefined {
    if (this.entry !== undefined) this.#placed = { ...this.entry, position };
    return this.#placed;
  }

  committed(): void {
    const { live, after } = this;
    live.inFlight--;
    if (this.#placed === undefined || after === undefined) return;
    live.pending.shift();
    live.committed = after;
    if (isHeard(this.#placed)) this.#deliver(this.#placed, after, live);
  }

  answer(): void {
    if (this.answered === undefined) return;
    this.#resolve(this.answered);
    this.onAnswered?.();
  }

  refused(error: ErrorBody): void {
    const { live } = this;
    live.inFlight--;
    live.fallBack();
    this.refuse(error);
    for (const waiting of live.waiting) waiting.refuse(error);
  }

  /** Answers a command that reached no log. */
  refuse(error: ErrorBody): void {
    this.isRefused = true;
    this.#resolve({ kind: 'refused', error });
    this.onAnswered?.();
  }
}

function isHeard(entry: LogEntry): entry is Heard {
  return entry.type === 'event' || entry.type === 'reader';
}
