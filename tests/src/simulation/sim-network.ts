import type { Connection, ConnectionHandlers } from '@maru/client';
import type { SeededRandom } from './seeded-random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How bad the network is. */
export interface Weather {
  /** Milliseconds one way, at least and at most. */
  readonly latencyMs: readonly [number, number];
  /** Probability that a live delivery is lost on the way, or comes twice. */
  readonly lose: number;
  readonly double: number;
}

/** What a connection seems to hold whose reader has stopped: more than any session may leave unread. */
const STALLED_BYTES = 64_000_000;

export const CALM: Weather = { latencyMs: [1, 20], lose: 0, double: 0 };

/** Frames that may be lost or doubled: what the server delivers by itself. Answers come as TCP brings them. */
const LOSSY = /^\{"kind":"(events|room|receipts|receipt-counts|typing|presence|marks)"/;

/** Rooms' publications, as the server's runtime makes them. */
export class SimTopics {
  readonly #links = new Map<string, Set<SimLink>>();

  of(topic: string): Set<SimLink> {
    const links = this.#links.get(topic) ?? new Set();
    this.#links.set(topic, links);
    return links;
  }

  publish(topic: string, frame: string): void {
    for (const link of this.of(topic)) link.sendText(frame);
  }
}

/** The server's end of a connection. */
interface SimSession {
  receive(text: string): void;
  carrierClosed(): void;
}

interface LinkDeps {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly weather: () => Weather;
  /** Until when, in virtual time, the client's side reads nothing. */
  readonly stalledUntil: () => number;
  readonly topics: SimTopics;
  readonly handlers: ConnectionHandlers;
  /** Called with everything that the server gives away, whether it arrives or not. */
  readonly onGiven: (frame: string) => void;
  /** Called for each delivery that the weather takes. */
  readonly onLost: () => void;
}

/**
 * One connection between a device and the server: the client's `Connection` on one side, the session's carrier on the
 * other. What is sent arrives later and in order, or, once cut, never.
 */
export class SimLink implements Connection {
  readonly #deps: LinkDeps;
  readonly #subscribed = new Set<string>();
  #session: SimSession | undefined;
  /** What is on its way, first in, first out, and when the last of it arrives. */
  readonly #up: (() => void)[] = [];
  readonly #down: (() => void)[] = [];
  #upAt = 0;
  #downAt = 0;
  #cut = false;
  /** The client said goodbye: it hears nothing more. */
  #left = false;
  #closed = false;
  /** What is left of the server's process runs on for nobody. */
  #dead = false;

  constructor(deps: LinkDeps) {
    this.#deps = deps;
  }

  /** The server has taken the connection. */
  open(session: SimSession): void {
    this.#session = session;
    this.#toClient(() => this.#deps.handlers.onOpen());
  }

  /** The server is not there, or does not take connections. */
  refuse(): void {
    this.#toClient(() => this.#endClient(1006));
  }

  // The client's side.

  send(text: string): void {
    if (this.#cut || this.#left) return;
    this.#toServer(() => this.#session?.receive(text));
  }

  close(): void {
    if (this.#left) return;
    this.#left = true;
    this.#toServer(() => this.#endServer());
  }

  // The server's side (`SessionSink`).

  sendText(frame: string): void {
    if (this.#dead) return;
    if (this.#closed) throw new Error('sent to a closed connection');
    const { random, weather, onGiven, onLost } = this.#deps;
    onGiven(frame);
    const lossy = LOSSY.test(frame);
    if (lossy && random.chance(weather().lose)) {
      onLost();
      return;
    }
    const times = lossy && random.chance(weather().double) ? 2 : 1;
    for (let i = 0; i < times; i++) this.#toClient(() => this.#deps.handlers.onFrame(frame));
  }

  cork(send: () => void): void {
    send();
  }

  /** Named as the server's carrier has it; the client's `close` takes no code. */
  closeByServer(code: number): void {
    if (this.#closed) return;
    this.#toClient(() => this.#endClient(code));
    this.#endServer();
  }

  getBufferedAmount(): number {
    const { time, stalledUntil } = this.#deps;
    return this.#down.length > 0 && stalledUntil() > time.elapsed ? STALLED_BYTES : 0;
  }

  subscribe(topic: string): void {
    this.#subscribed.add(topic);
    this.#deps.topics.of(topic).add(this);
  }

  unsubscribe(topic: string): void {
    this.#subscribed.delete(topic);
    this.#deps.topics.of(topic).delete(this);
  }

  // The weather.

  /**
   * Nothing passes any more. Each side notices on its own, after a while; the client perhaps only by the silence.
   *
   * @param silent the client's side is told nothing
   */
  cut(silent: boolean): void {
    if (this.#cut) return;
    this.#cut = true;
    const { time, random } = this.#deps;
    if (!silent) time.after(random.between(0, 200), () => this.#endClient(1006));
    time.after(random.between(0, 40_000), () => this.#endServer());
  }

  /** The server's process is gone. */
  serverDied(): void {
    this.#dead = true;
    this.#session = undefined;
    this.#endServer();
    if (!this.#cut) this.#deps.time.after(this.#latency(), () => this.#endClient(1006));
    this.#cut = true;
  }

  #endClient(code: number): void {
    if (this.#left) return;
    this.#left = true;
    this.#deps.handlers.onClose(code);
  }

  #endServer(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const topic of [...this.#subscribed]) this.unsubscribe(topic);
    this.#session?.carrierClosed();
  }

  #toServer(arrive: () => void): void {
    const { time } = this.#deps;
    this.#up.push(arrive);
    this.#upAt = Math.max(this.#upAt, time.elapsed + this.#latency());
    time.after(this.#upAt - time.elapsed, () => {
      const next = this.#up.shift();
      if (!this.#cut && !this.#closed) next?.();
    });
  }

  #toClient(arrive: () => void): void {
    const { time, stalledUntil } = this.#deps;
    this.#down.push(arrive);
    this.#downAt = Math.max(this.#downAt, time.elapsed + this.#latency(), stalledUntil());
    time.after(this.#downAt - time.elapsed, () => {
      const next = this.#down.shift();
      if (!this.#cut && !this.#left) next?.();
    });
  }

  #latency(): number {
    const [least, most] = this.#deps.weather().latencyMs;
    return this.#deps.random.between(least, most);
  }
}
