import {
  type Composition,
  compose,
  createMemoryEngine,
  type MemoryEngine,
  readConfig,
  StorageUnavailable,
} from '@maru/server';
import type { SeededRandom } from './seeded-random.ts';
import { type SimLink, SimTopics } from './sim-network.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Milliseconds since the epoch at the beginning of every simulation. */
const EPOCH_MS = Date.parse('2026-01-01T00:00:00Z');

const FLAGS = { data: 'nowhere', 'rate-bytes': '100000000', 'log-level': 'silent' };
/** A rate of commands that no simulated device reaches, and one that a burst of five passes. */
const RATES = { free: '100000', tight: '3' };

/** What the server did to those who sent or left unread too much, in all its lives. */
export interface SimCounts {
  slow: number;
  rateLimited: number;
}

/**
 * The real roles over the memory engine, on virtual time. It can lose its power and start again with what was synced.
 */
export class SimServer {
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #faults: unknown[] = [];
  readonly #links = new Set<SimLink>();
  /** Requests under way, which end with the process. */
  readonly #requests = new Set<(reason: Error) => void>();
  #engine: MemoryEngine;
  #composition: Composition | undefined;
  #topics = new SimTopics();
  readonly #rates: keyof typeof RATES;
  readonly #counts: SimCounts = { slow: 0, rateLimited: 0 };
  /** Rises with every start: timers of a dead process do nothing. */
  #life = 0;
  /** How far the wall clock is off. */
  clockOffsetMs = 0;
  /** Whether the disk is full. */
  diskFull = false;
  /** Milliseconds that a sync takes, at least and at most. */
  syncMs: readonly [number, number] = [0, 8];

  constructor(time: VirtualTime, random: SeededRandom, rates: keyof typeof RATES) {
    this.#rates = rates;
    this.#time = time;
    this.#random = random;
    this.#engine = createMemoryEngine({ sync: () => this.#sync() });
  }

  /** What the server would have written into its log as errors: must stay empty but for the disk's. */
  get faults(): readonly unknown[] {
    return this.#faults;
  }

  get engine(): MemoryEngine {
    return this.#engine;
  }

  /** By the wall clock. */
  now(): number {
    return Math.floor(EPOCH_MS + this.#time.elapsed + this.clockOffsetMs);
  }

  get running(): boolean {
    return this.#composition !== undefined;
  }

  start(): void {
    const life = ++this.#life;
    const clock = {
      now: () => this.now(),
      monotonic: () => this.#time.elapsed,
      after: (ms: number, run: () => void) =>
        this.#time.after(ms, () => {
          if (life === this.#life) run();
        }),
    };
    const random = this.#random.fork();
    const log = { info() {}, warn() {}, error: (fields: object) => this.#note(fields) };
    this.#topics = new SimTopics();
    this.#composition = compose(readConfig({ ...FLAGS, 'rate-commands': RATES[this.#rates] }, {}), {
      engine: this.#engine,
      clock,
      random,
      log,
      onBroken: (error) => this.#faults.push(error),
    });
    this.#composition.gateway.sessions.publishThrough(this.#topics);
  }

  /** kill -9 and loss of power at once: sockets die, and of what was being written only a part has reached the disk. */
  crash(): void {
    this.#life++;
    add(this.#counts, this.#composition);
    this.#composition = undefined;
    for (const link of this.#links) link.serverDied();
    this.#links.clear();
    for (const reset of [...this.#requests]) reset(new Error('connection reset'));
    this.#engine = this.#engine.crash(this.#random.between(0, 2));
  }

  get counts(): Readonly<SimCounts> {
    const now = { ...this.#counts };
    add(now, this.#composition);
    return now;
  }

  get topics(): SimTopics {
    return this.#topics;
  }

  /** Somebody connects. */
  accept(link: SimLink): void {
    const sessions = this.#composition?.gateway.sessions;
    if (sessions === undefined) {
      link.refuse();
      return;
    }
    this.#links.add(link);
    const carrier = {
      sendText: (frame: string) => link.sendText(frame),
      cork: (send: () => void) => link.cork(send),
      close: (code: number) => link.closeByServer(code),
      getBufferedAmount: () => link.getBufferedAmount(),
      subscribe: (topic: string) => link.subscribe(topic),
      unsubscribe: (topic: string) => link.unsubscribe(topic),
    };
    link.open(sessions.connect(carrier, { identity: undefined, epoch: sessions.epoch }));
  }

  /** One HTTP request; rejects if the process isn't there, or dies meanwhile. */
  async request(request: Request): Promise<Response> {
    const composition = this.#composition;
    if (composition === undefined) throw new Error('connection refused');
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    this.#requests.add(reject);
    const arrival = { address: '127.0.0.1', host: '', secure: false };
    const answer = async () => composition.api.fetch(request, arrival);
    answer().then(resolve, reject);
    return promise.finally(() => this.#requests.delete(reject));
  }

  #note(fields: object): void {
    const isDisk = 'code' in fields && fields.code === 'storage-unavailable';
    if (!isDisk) this.#faults.push(fields);
  }

  async #sync(): Promise<void> {
    const [least, most] = this.syncMs;
    const full = this.diskFull;
    await this.#time.sleep(this.#random.between(least, most));
    if (full) throw new StorageUnavailable('no space left on the disk');
  }
}

function add(counts: SimCounts, composition: Composition | undefined): void {
  const { slow = 0, rateLimited = 0 } = composition?.gateway.stats() ?? {};
  counts.slow += slow;
  counts.rateLimited += rateLimited;
}
