import type { MaruClient } from '@maru/client';

/** A page that is drawn seldom, or not at all, hears of changes at least this often. */
const WAIT_MS_MAX = 100;

type Listener = () => void;

/** What a pace needs of its surroundings. */
export interface Frames {
  /** Calls when the next frame is about to be drawn, or after so long. */
  readonly next: (call: Listener, waitMsMax: number) => void;
  /** Calls when what was told of is drawn. */
  readonly drawn: (call: Listener) => void;
  /** Milliseconds since whenever. */
  readonly now: () => number;
}

/**
 * Tells of changes at most once a frame: the first at once, and those that come before the next frame with that. What
 * listens draws, and nothing is drawn more often than there are frames, nor longer than half of the time: a room in which
 * hundreds of messages a second come leaves the page time to answer, on a slow machine, too.
 */
export class PacedChanges {
  readonly #listeners = new Set<Listener>();
  readonly #frames: Frames;
  /** A frame is waited for; and something has changed since. */
  #waits = false;
  #changed = false;

  constructor(subscribe: (listener: Listener) => unknown, frames: Frames = browserFrames) {
    this.#frames = frames;
    subscribe(() => this.#change());
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    // Its own object, so that one function may be subscribed twice.
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  };

  /** Tells at once of what it has not told of yet: for who shows what came with it. */
  flush(): void {
    if (!this.#changed) return;
    this.#changed = false;
    this.#call();
  }

  #change(): void {
    this.#changed = true;
    if (!this.#waits) this.#tell();
  }

  #tell(): void {
    this.#changed = false;
    this.#waits = true;
    const begin = this.#frames.now();
    let tookMs = 0;
    const frame = () => {
      if (this.#frames.now() - begin < 2 * tookMs) this.#frames.next(frame, WAIT_MS_MAX);
      else {
        this.#waits = false;
        if (this.#changed) this.#tell();
      }
    };
    this.#frames.next(frame, WAIT_MS_MAX);
    this.#call();
    this.#frames.drawn(() => {
      tookMs = this.#frames.now() - begin;
    });
  }

  #call(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const paces = new WeakMap<MaruClient, PacedChanges>();

/** The changes of a client, as those that draw hear of them: all of them at the same time. */
export function pacedChanges(client: MaruClient): PacedChanges {
  let paced = paces.get(client);
  if (paced === undefined) {
    paced = new PacedChanges((listener) => client.subscribe(listener));
    paces.set(client, paced);
  }
  return paced;
}

const browserFrames: Frames = {
  now: () => performance.now(),
  // A message that is sent before a frame comes behind it: React, styles, layout and paint are over.
  drawn(call) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      call();
    };
    port2.postMessage(undefined);
  },
  next(call, waitMsMax) {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      call();
    };
    const timer = setTimeout(once, waitMsMax);
    const frame = requestAnimationFrame(once);
  },
};
