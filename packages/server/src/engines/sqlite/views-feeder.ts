import type { Cancel, Clock } from '../../ports/clock.ts';
import { StorageBroken, StorageUnavailable } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import { askViews } from './ask-views.ts';
import type { SoftMarks } from './soft-marks.ts';
import type { StorageThread } from './storage-thread.ts';
import type { Tail } from './tail.ts';
import type { ViewsRequest } from './views-request.ts';

/** How long an entry waits for others before the projections take it in; a batch costs less than its entries would. */
const BATCH_DELAY_MS = 2_000;
/** So many entries don't wait. */
const BATCH_ENTRIES_MIN = 65_536;
/** Beyond, the log waits for the projections rather than let the tail grow. */
const TAIL_BYTES_MAX = 100_000_000;
/** After a failure (a full disk) the projections are tried again. */
const RETRY_MS = 1_000;

export interface ViewsFeederDeps {
  readonly thread: StorageThread;
  readonly tail: Tail;
  readonly soft: SoftMarks;
  readonly clock: Clock;
  /** The position up to which the projections hold everything. */
  readonly through: Position;
  /** The projections don't follow the log, so that a test can show that no read notices. */
  readonly frozen: boolean;
  readonly tailBytesMax?: number;
  readonly onFailed: (error: StorageUnavailable | StorageBroken) => void;
}

/** Hands the tail to the projections' thread, a batch at a time, and drops what that has taken in. */
export class ViewsFeeder {
  readonly #deps: ViewsFeederDeps;
  readonly #tailBytesMax: number;
  #through: Position;
  #timer: Cancel | undefined;
  #running: Promise<void> | undefined;
  #failed: StorageUnavailable | StorageBroken | undefined;
  #closed = false;

  constructor(deps: ViewsFeederDeps) {
    this.#deps = deps;
    this.#through = deps.through;
    this.#tailBytesMax = deps.tailBytesMax ?? TAIL_BYTES_MAX;
  }

  /** Something was added to the tail or to the soft marks. */
  nudge(): void {
    if (this.#running !== undefined || this.#closed || this.#failed instanceof StorageBroken) return;
    if (this.#failed === undefined && this.#behind >= BATCH_ENTRIES_MIN) {
      void this.#start();
      return;
    }
    const delay = this.#failed === undefined ? BATCH_DELAY_MS : RETRY_MS;
    this.#timer ??= this.#deps.clock.after(delay, () => void this.#start());
  }

  /**
   * What an append must wait for before the tail may grow; `undefined` is nothing. Rejects when the tail is full and the
   * projections can't be written, or when they broke.
   */
  room(): Promise<void> | undefined {
    if (this.#failed instanceof StorageBroken) return Promise.reject(this.#failed);
    return this.#deps.tail.bytes > this.#tailBytesMax ? this.#waitForRoom() : undefined;
  }

  /** Lets the projections take in everything that was appended before, and empties their write-ahead log. */
  async checkpoint(): Promise<void> {
    await this.#catchUp();
    await this.#alone({ kind: 'checkpoint' });
  }

  /** Lets the projections take in the rest, and ends the thread's work on the file. */
  async close(): Promise<void> {
    try {
      if (this.#failed === undefined) await this.#catchUp();
    } finally {
      this.#closed = true;
      this.#timer?.();
      await this.#alone({ kind: 'close' });
    }
  }

  /** The projections hold all entries up to here. */
  get through(): Position {
    return this.#through;
  }

  get #behind(): number {
    return this.#deps.frozen ? 0 : this.#deps.tail.openEntries;
  }

  async #catchUp(): Promise<void> {
    await this.#running;
    if (!(this.#failed instanceof StorageBroken)) await this.#start();
    if (this.#failed !== undefined) throw this.#failed;
  }

  async #waitForRoom(): Promise<void> {
    while (this.#deps.tail.bytes > this.#tailBytesMax) {
      if (this.#failed !== undefined) throw this.#failed;
      if (this.#deps.frozen) throw new StorageUnavailable('the projections are frozen');
      await (this.#running ?? this.#start());
    }
  }

  #start(): Promise<void> {
    this.#timer?.();
    this.#timer = undefined;
    this.#running ??= this.#ended(this.#apply());
    return this.#running;
  }

  /** A request that is no batch, after the batch that is under way. */
  async #alone(request: ViewsRequest): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    const answered = askViews(this.#deps.thread, request);
    this.#running = this.#ended(answered.then(nothing, nothing));
    await answered;
  }

  /** Goes on to the next batch, where there is one, when the thread has answered. */
  async #ended(answered: Promise<void>): Promise<void> {
    await answered;
    this.#running = undefined;
    if (this.#failed !== undefined || this.#behind > 0 || this.#deps.soft.size > 0) this.nudge();
  }

  async #apply(): Promise<void> {
    const { soft, tail, thread, frozen } = this.#deps;
    try {
      const through = frozen ? this.#through : tail.seal();
      await askViews(thread, { kind: 'apply', through, soft: soft.take() });
      tail.drop(through);
      soft.written();
      this.#through = through;
      this.#failed = undefined;
    } catch (error) {
      soft.putBack();
      const temporary = error instanceof StorageUnavailable;
      this.#failed = temporary ? error : new StorageBroken('the projections broke', { cause: error });
      this.#deps.onFailed(this.#failed);
    }
  }
}

function nothing(): void {}
