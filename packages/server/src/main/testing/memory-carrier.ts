import { type DownFrame, type DownKind, downFrame } from '@maru/protocol';
import type { Session } from '../../roles/gateway/session.ts';
import type { Publisher, SessionSink } from '../../roles/gateway/session-sink.ts';

type FrameOf<K extends DownKind> = DownFrame & { kind: K };

/** Topics of carriers in memory. */
export class MemoryTopics implements Publisher {
  readonly #subscribers = new Map<string, Set<MemoryCarrier>>();

  publish(topic: string, frame: string): void {
    for (const carrier of this.#subscribers.get(topic) ?? []) carrier.sendText(frame);
  }

  of(topic: string): Set<MemoryCarrier> {
    const there = this.#subscribers.get(topic) ?? new Set();
    this.#subscribers.set(topic, there);
    return there;
  }

  leave(carrier: MemoryCarrier): void {
    for (const subscribers of this.#subscribers.values()) subscribers.delete(carrier);
  }
}

/** A client at the other end of a session, with nothing between: every frame is held against its schema. */
export class MemoryCarrier implements SessionSink {
  readonly frames: DownFrame[] = [];
  /** Writes, each with the frames that went out in it. */
  writes = 0;
  closed: { readonly code: number; readonly reason: string } | undefined;
  /** What the session is told of bytes that wait. */
  unsent = 0;
  session: Session | undefined;
  readonly #topics: MemoryTopics;
  readonly #waiting: (() => void)[] = [];
  #corked = false;
  #taken = 0;

  constructor(topics: MemoryTopics) {
    this.#topics = topics;
  }

  /** Says something, as an object or as raw text. */
  say(frame: object | string): void {
    this.session?.receive(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The next frame of a kind behind those taken before. */
  async take<K extends DownKind>(kind: K): Promise<FrameOf<K>> {
    for (;;) {
      const at = this.frames.findIndex((frame, i) => i >= this.#taken && frame.kind === kind);
      if (at !== -1) {
        this.#taken = at + 1;
        return this.frames[at] as FrameOf<K>;
      }
      if (this.closed !== undefined) throw new Error(`closed with ${this.closed.code} before ${kind}`);
      await this.#change();
    }
  }

  async end(): Promise<number> {
    while (this.closed === undefined) await this.#change();
    return this.closed.code;
  }

  of<K extends DownKind>(kind: K): FrameOf<K>[] {
    return this.frames.filter((frame): frame is FrameOf<K> => frame.kind === kind);
  }

  sendText(frame: string): void {
    if (this.closed !== undefined) throw new Error('sent to a closed carrier');
    if (!this.#corked) this.writes++;
    this.frames.push(downFrame.parse(JSON.parse(frame)));
    this.#changed();
  }

  cork(send: () => void): void {
    this.writes++;
    this.#corked = true;
    send();
    this.#corked = false;
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
    this.#topics.leave(this);
    this.#changed();
    this.session?.carrierClosed();
  }

  getBufferedAmount(): number {
    return this.unsent;
  }

  subscribe(topic: string): void {
    this.#topics.of(topic).add(this);
  }

  unsubscribe(topic: string): void {
    this.#topics.of(topic).delete(this);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
