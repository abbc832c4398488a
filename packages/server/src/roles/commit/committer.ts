import type { ErrorBody } from '@maru/protocol';
import { refusal } from '@maru/protocol';
import type { Log, LogEntry } from '../../ports/log.ts';
import { StorageUnavailable } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';

/** What waits for its place in the log. An object with methods rather than closures: one is made for every message. */
export interface CommitItem {
  /** About how much memory it holds while it waits. */
  readonly bytes: number;
  /** The entry under its position; nothing where an answer only waits for what was decided before it. */
  entryAt(position: Position): LogEntry | undefined;
  /** In the pass after the commit, in the order of the log: replaces states, delivers. */
  committed(): void;
  /** After the whole group was applied and delivered. */
  answer(): void;
  /** Nothing was stored, neither of this nor of what was decided on top of it. */
  refused(error: ErrorBody): void;
}

/** Entries and bytes that may wait for the log; beyond, commands are refused as `busy`. */
const COMMIT_QUEUE_ENTRIES_MAX = 65_536;
export const COMMIT_QUEUE_BYTES_MAX = 64_000_000;
/** One group's bounds, so that a flood doesn't make one transaction of seconds. */
const GROUP_ENTRIES_MAX = 8_192;
const GROUP_BYTES_MAX = 16_000_000;
/** So many entries waiting mean that what is soft should wait, too (`[SOFT1]`). */
const STRAINED_ENTRIES = 4_096;

export interface CommitterDeps {
  readonly log: Log;
  /** The engine can no longer say what is stored: the process must stop. Nothing more is acknowledged. */
  readonly onBroken: (error: unknown) => void;
  /** A fault in the pass after a commit: a bug, to be logged. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Collects what rooms and users decide and appends it in groups, one append under way at a time: whatever arrives
 * meanwhile goes into the next (`[DUR1]`, `[DUR2]`).
 */
export class Committer implements AsyncDisposable {
  readonly #deps: CommitterDeps;
  readonly #flushes: (() => void)[] = [];
  #queue: CommitItem[] = [];
  #queuedBytes = 0;
  #flight: CommitItem[] = [];
  #running: Promise<void> | undefined;
  #broken = false;
  #settled: PromiseWithResolvers<void> | undefined;

  constructor(deps: CommitterDeps) {
    this.#deps = deps;
  }

  /** Whether a new command must be refused as `busy` or, once the log broke, as `storage-unavailable`. */
  refusal(): ErrorBody | undefined {
    if (this.#broken) return refusal('storage-unavailable', 'The storage stopped.');
    if (this.#queue.length < COMMIT_QUEUE_ENTRIES_MAX && this.#queuedBytes < COMMIT_QUEUE_BYTES_MAX)
      return undefined;
    return refusal('busy', 'Too much is waiting for the storage.', { retryAfterMs: 1_000 });
  }

  /** Entries that wait for the log. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Whether messages wait so long that what is soft should stand back. */
  get strained(): boolean {
    return this.#queue.length > STRAINED_ENTRIES;
  }

  /** Calls `flush` once in each pass after all items were applied, before the answers. */
  onCommit(flush: () => void): void {
    this.#flushes.push(flush);
  }

  /** The caller has asked {@link refusal} before it decided. */
  enqueue(item: CommitItem): void {
    if (this.#broken) return;
    this.#queue.push(item);
    this.#queuedBytes += item.bytes;
    this.#running ??= this.#run();
  }

  /** Resolves when what is being appended now has been applied; at once if nothing is. */
  settled(): Promise<void> | undefined {
    if (this.#flight.length === 0) return undefined;
    this.#settled ??= Promise.withResolvers();
    return this.#settled.promise;
  }

  /** Commits what was accepted. */
  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#running !== undefined && !this.#broken) await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // What is decided in this very tick belongs to the first group.
    while (this.#queue.length > 0 && !this.#broken) {
      const group = this.#take();
      this.#flight = group;
      try {
        await this.#append(group);
        this.#apply(group);
      } catch (error) {
        this.#failed(group, error);
      }
      this.#flight = [];
      this.#settled?.resolve();
      this.#settled = undefined;
    }
    this.#running = undefined;
  }

  #take(): CommitItem[] {
    if (this.#queue.length <= GROUP_ENTRIES_MAX && this.#queuedBytes <= GROUP_BYTES_MAX) {
      const all = this.#queue;
      this.#queue = [];
      this.#queuedBytes = 0;
      return all;
    }
    let bytes = 0;
    let count = 0;
    for (const item of this.#queue) {
      if (count > 0 && (count === GROUP_ENTRIES_MAX || bytes + item.bytes > GROUP_BYTES_MAX)) break;
      bytes += item.bytes;
      count++;
    }
    this.#queuedBytes -= bytes;
    return this.#queue.splice(0, count);
  }

  async #append(group: readonly CommitItem[]): Promise<void> {
    const entries: LogEntry[] = [];
    const { head } = this.#deps.log;
    for (const item of group) {
      const entry = item.entryAt((head + entries.length + 1) as Position);
      if (entry !== undefined) entries.push(entry);
    }
    if (entries.length > 0) await this.#deps.log.append(entries);
  }

  /** One synchronous pass: no frame comes in, and no other decision is taken, between states, delivery and answers. */
  #apply(group: readonly CommitItem[]): void {
    for (const item of group) {
      try {
        item.committed();
      } catch (error) {
        this.#deps.onFault(error);
      }
    }
    for (const flush of this.#flushes) {
      try {
        flush();
      } catch (error) {
        this.#deps.onFault(error);
      }
    }
    for (const item of group) item.answer();
  }

  #failed(group: readonly CommitItem[], error: unknown): void {
    if (!(error instanceof StorageUnavailable)) {
      this.#broken = true;
      this.#deps.onBroken(error);
      return;
    }
    const body = refusal('storage-unavailable', 'The storage takes nothing at the moment.', {
      retryAfterMs: 1_000,
    });
    const waiting = this.#queue; // Decided on top of what was not stored.
    this.#queue = [];
    this.#queuedBytes = 0;
    for (const item of group) item.refused(body);
    for (const item of waiting) item.refused(body);
  }
}
