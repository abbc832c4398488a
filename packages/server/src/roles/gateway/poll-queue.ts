import { closeCodes } from '@maru/protocol';
import type { PollTopics } from './poll-topics.ts';
import type { SessionSink } from './session-sink.ts';

/** With these what waits is not told any more: it may be too much, or not the device's to know (`[SLOW1]`, `[PRIV9]`). */
const CLOSES_AT_ONCE: readonly number[] = [
  closeCodes.slow.code,
  closeCodes.signedOut.code,
  closeCodes.suspended.code,
];
/** The answer to a beat that found nothing new: worth no answer of its own. */
const QUIET_BEAT = /^\{"kind":"beat",.*"changed":\[\],"sync":false\}$/;

export interface PollQueueHandlers {
  /** There is something that a waiting poll should be answered with. */
  readonly woken: () => void;
  /** The session was closed; said once. `atOnce`: what was said and may have got lost is not said again, either. */
  readonly closed: (atOnce: boolean) => void;
}

/** What waits for a polled session's next answer: the carrier's end of the way down. */
export class PollQueue implements SessionSink {
  readonly #topics: PollTopics;
  readonly #handlers: PollQueueHandlers;
  readonly #subscribed = new Set<string>();
  #frames: string[] = [];
  #bytes = 0;
  #news = false;
  #closed: { readonly code: number; readonly reason: string } | undefined;

  constructor(topics: PollTopics, handlers: PollQueueHandlers) {
    this.#topics = topics;
    this.#handlers = handlers;
  }

  /** How the session ended. */
  get closed(): { readonly code: number; readonly reason: string } | undefined {
    return this.#closed;
  }

  /** Whether there is something to answer with now. */
  get hasNews(): boolean {
    return this.#news;
  }

  /** All that waits, as JSON texts; it waits no more. */
  take(): readonly string[] {
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    this.#news = false;
    return frames;
  }

  /** The client is gone: nothing is kept for it, and no topic reaches it. */
  end(): void {
    this.#leave();
    this.take();
  }

  sendText(frame: string): void {
    if (this.#closed !== undefined) return;
    this.#frames.push(frame);
    this.#bytes += Buffer.byteLength(frame);
    if (!this.#news && QUIET_BEAT.test(frame)) return;
    this.#wake();
  }

  cork(send: () => void): void {
    send();
  }

  close(code: number, reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = { code, reason };
    this.#leave();
    const atOnce = CLOSES_AT_ONCE.includes(code);
    if (atOnce) this.take();
    this.#handlers.closed(atOnce);
    this.#wake();
  }

  getBufferedAmount(): number {
    return this.#bytes;
  }

  subscribe(topic: string): void {
    if (this.#closed !== undefined) return;
    this.#subscribed.add(topic);
    this.#topics.add(topic, this);
  }

  unsubscribe(topic: string): void {
    this.#subscribed.delete(topic);
    this.#topics.delete(topic, this);
  }

  #wake(): void {
    this.#news = true;
    this.#handlers.woken();
  }

  #leave(): void {
    for (const topic of [...this.#subscribed]) this.unsubscribe(topic);
  }
}
