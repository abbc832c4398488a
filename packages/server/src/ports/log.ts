import type { LogEntry } from '../core/log-entry.ts';
import type { Position } from './position.ts';

export type {
  EventEntry,
  LogEntry,
  MarksEntry,
  ReaderEntry,
  RefusalEntry,
  RoomLogEntry,
  SettingEntry,
} from '../core/log-entry.ts';

/**
 * The truth. Duties of an engine:
 * - `append` is all or nothing and in order; when it resolves, the entries are on durable storage (fsync), the
 *   membership they change included, and every read port of the same engine sees them.
 * - One `append` is under way at a time; the caller gives positions `head + 1, head + 2, …`.
 * - A deletion erases the content (and body) of the event it refers to and of its edits, and so does an event that says
 *   of messages that they expired: in the same commit or behind it, but no read after `append` returns that content. A
 *   setting erases the value that it supersedes alike.
 * - It rejects with {@link StorageUnavailable} when nothing was stored and a later try may succeed (disk full), and
 *   with {@link StorageBroken} when the engine can no longer say what is stored (fsync failed): the process must stop.
 */
export interface Log {
  readonly head: Position;
  /** The history epoch: another one after a restore from a backup; part of every cursor (`[SYNC1]`). */
  readonly epoch: number;
  append(entries: readonly LogEntry[]): Promise<void>;
  /** Entries above a position, in order, in batches; ends at the head of the moment of the call. */
  replay(after: Position): AsyncIterable<readonly LogEntry[]>;
}

/** Nothing was stored; a later try may succeed. */
export class StorageUnavailable extends Error {
  readonly code = 'storage-unavailable';
}

/** What is stored is not known. The process must stop and start anew from what is on the disk. */
export class StorageBroken extends Error {
  readonly code = 'storage-broken';
}
