/** Signed-in sessions over Bun's WebSocket client: connect with a token, say hello, keep the cursor, beat. */
import type { DownFrame } from '@maru/protocol';
import { Histogram } from '../measure/histogram.ts';
import type { Options } from './options.ts';
import { fail } from './report.ts';

export interface Session {
  readonly number: number;
  socket: WebSocket | undefined;
  signedIn: boolean;
  cursor: string | undefined;
  openedAt: number;
  beatAt: number;
}

export interface SessionHandlers {
  readonly signedIn?: (session: Session) => void;
  /** Every frame but the greeting and the answers to beats. `at`: nanoseconds of `Bun.nanoseconds()`. */
  readonly message: (session: Session, frame: DownFrame, at: number) => void;
}

const BEAT_TICK_MS = 20;

export class Sessions {
  readonly all: readonly Session[];
  readonly signIn = new Histogram();
  beat = new Histogram();
  beatsSent = 0;
  beatsAnswered = 0;
  /** No beats while true, so that no cursor moves on. */
  quiet = false;
  readonly #tokens: readonly string[];
  readonly #handlers: SessionHandlers;
  readonly #url: string;
  readonly #openingMax: number;
  readonly #beatMs: number;
  #nextToBeat = 0;

  constructor(options: Options, tokens: readonly string[], handlers: SessionHandlers) {
    this.#tokens = tokens;
    this.#handlers = handlers;
    this.#url = `${options.number('tls', 0) === 1 ? 'wss' : 'ws'}://127.0.0.1:${options.text('port')}/v1/connect`;
    this.#openingMax = options.number('opening', 64);
    this.#beatMs = options.number('beatMs', 5_000);
    this.all = tokens.map((_, number) => ({
      number,
      socket: undefined,
      signedIn: false,
      cursor: undefined,
      openedAt: 0,
      beatAt: 0,
    }));
  }

  /** Signs all in, some at a time. Resolves when all are. */
  async open(): Promise<void> {
    const waiting = this.all.values();
    const openNext = async () => {
      for (const session of waiting) await this.#openOne(session);
    };
    await Promise.all(Array.from({ length: this.#openingMax }, openNext));
  }

  /** Signs in all from one number on, evenly over a time. Resolves when all are. */
  async comeBack(from: number, spreadMs: number): Promise<void> {
    const returning = this.all.slice(from);
    await Promise.all(
      returning.map(async (session, index) => {
        await Bun.sleep((spreadMs * index) / returning.length);
        await this.#openOne(session);
      }),
    );
  }

  /** Cuts all from one number on, without a close frame. */
  cut(from: number): void {
    for (const session of this.all.slice(from)) {
      session.signedIn = false;
      const { socket } = session;
      session.socket = undefined;
      socket?.terminate();
    }
  }

  startBeats(): void {
    if (this.#beatMs === 0) return;
    const began = performance.now();
    let done = 0;
    setInterval(() => {
      const due = Math.floor(((performance.now() - began) * this.all.length) / this.#beatMs);
      for (; done < due; done++) {
        const session = this.all[this.#nextToBeat];
        this.#nextToBeat = (this.#nextToBeat + 1) % this.all.length;
        if (session?.signedIn === true && !this.quiet) this.#beatOne(session);
      }
    }, BEAT_TICK_MS);
  }

  send(number: number, frame: string): void {
    this.all[number]?.socket?.send(frame);
  }

  #openOne(session: Session): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    session.openedAt = Bun.nanoseconds();
    const headers = { authorization: `Bearer ${this.#tokens[session.number]}` };
    const socket = new WebSocket(this.#url, {
      protocols: ['maru.v1'],
      headers,
      // The bench's certificate is its own authority.
      tls: { rejectUnauthorized: false },
    });
    session.socket = socket;
    socket.addEventListener('open', () => {
      const hello = { kind: 'hello', versions: [1], capabilities: [], cursor: session.cursor };
      socket.send(JSON.stringify(hello));
    });
    socket.addEventListener('message', ({ data }) => this.#take(session, JSON.parse(String(data)), resolve));
    socket.addEventListener('close', ({ code }) => {
      // Cut here, it is no longer the session's.
      if (session.socket === socket) fail(`session ${session.number} was closed (code ${code})`);
    });
    return promise;
  }

  #take(session: Session, frame: DownFrame, greeted: () => void): void {
    const at = Bun.nanoseconds();
    if (frame.kind === 'welcome') {
      // A session that comes back keeps the older cursor: it has yet to sync from it.
      session.cursor ??= frame.cursor;
      session.signedIn = true;
      this.signIn.add(at - session.openedAt);
      this.#handlers.signedIn?.(session);
      greeted();
    } else if (frame.kind === 'beat') {
      this.beatsAnswered += 1;
      this.beat.add(at - session.beatAt);
      session.cursor = frame.cursor;
    } else {
      if (frame.kind === 'error' || frame.kind === 'refused') {
        fail(`the server said ${JSON.stringify(frame)}`);
      }
      if (frame.kind === 'synced') session.cursor = frame.cursor;
      this.#handlers.message(session, frame, at);
    }
  }

  #beatOne(session: Session): void {
    session.beatAt = Bun.nanoseconds();
    session.socket?.send(JSON.stringify({ kind: 'beat', state: 'active', cursor: session.cursor }));
    this.beatsSent += 1;
  }
}
