import type { Cursor, DownFrame, Hello, Welcome } from '@maru/protocol';
import { CAPABILITIES, PROTOCOL_VERSION } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import { type ParsedFrame, parseFrame } from './parse-frame.ts';
import { type Connection, CUT, type Transport } from './transport.ts';
import type { ConnectionEnd, TransportKind } from './transport-choice.ts';

/** Close codes from here on are the protocol's: the server itself has said them. */
const PROTOCOL_CODE_MIN = 4_000;

export interface AttemptHandlers {
  welcomed(attempt: Attempt, welcome: Welcome): void;
  frame(attempt: Attempt, frame: Exclude<DownFrame, Welcome>): void;
  unreadable(frame: Extract<ParsedFrame, { kind: 'unreadable' }>): void;
  /** Once. Nothing follows. */
  ended(attempt: Attempt, code: number): void;
}

export interface AttemptOptions {
  readonly kind: TransportKind;
  readonly transport: Transport;
  readonly url: string;
  readonly ticket: string;
  readonly clock: Clock;
  /** Cut after so long without a greeting. */
  readonly greetingMsMax: number | undefined;
  /** Where the device is in its inbox. */
  readonly cursor: () => Cursor | undefined;
  readonly handlers: AttemptHandlers;
}

/** One connection, from the first word to the last: says hello, and tells what comes. */
export class Attempt {
  readonly kind: TransportKind;
  readonly #options: AttemptOptions;
  readonly #connection: Connection;
  readonly #late: Cancel | undefined;
  #heardAt: number;
  #heard = false;
  #welcomedAt: number | undefined;
  #over = false;

  constructor(options: AttemptOptions) {
    const { kind, transport, url, clock, greetingMsMax } = options;
    this.kind = kind;
    this.#options = options;
    this.#heardAt = clock.monotonic();
    this.#connection = transport.connect(url, {
      onOpen: () => this.#greet(),
      onAlive: () => this.#noteSign(),
      onFrame: (text) => this.#receive(text),
      onClose: (code) => this.#end(code),
    });
    if (greetingMsMax === undefined) return;
    this.#late = clock.after(greetingMsMax, () => {
      if (this.#welcomedAt !== undefined) return;
      this.close();
      this.#end(CUT);
    });
  }

  /** When the server was last heard, by the clock that doesn't jump. */
  get heardAt(): number {
    return this.#heardAt;
  }

  get silenceMsMax(): number | undefined {
    return this.#connection.silenceMsMax;
  }

  get isWelcomed(): boolean {
    return this.#welcomedAt !== undefined;
  }

  send(text: string, hurry: boolean): void {
    this.#connection.send(text, hurry);
  }

  sendAlong(text: string, hurry: boolean): void {
    if (this.#connection.sendAlong === undefined) this.#connection.send(text);
    else this.#connection.sendAlong(text, hurry);
  }

  /** Ends it from this side. Nothing is told of it any more. */
  close(): void {
    this.#late?.();
    this.#connection.close();
  }

  /** What its end says of the way. */
  endOf(code: number): ConnectionEnd {
    const since = this.#welcomedAt;
    return {
      heard: this.#heard,
      livedMs: since === undefined ? undefined : this.#heardAt - since,
      cut: code < PROTOCOL_CODE_MIN,
    };
  }

  #greet(): void {
    this.#noteSign();
    const hello: Hello = {
      kind: 'hello',
      versions: [PROTOCOL_VERSION],
      capabilities: [...CAPABILITIES],
      ticket: this.#options.ticket,
      cursor: this.#options.cursor(),
    };
    this.#connection.send(JSON.stringify(hello));
  }

  #receive(text: string): void {
    this.#noteSign();
    this.#heard = true;
    const parsed = parseFrame(text);
    const { handlers, clock } = this.#options;
    if (parsed.kind === 'unknown') return;
    if (parsed.kind === 'unreadable') {
      handlers.unreadable(parsed);
      return;
    }
    const { frame } = parsed;
    if (frame.kind !== 'welcome') {
      handlers.frame(this, frame);
      return;
    }
    // One that a relay has doubled: the session is on its way, and beginning it anew would lose what it asked.
    if (this.#welcomedAt !== undefined) return;
    this.#welcomedAt = clock.monotonic();
    this.#late?.();
    handlers.welcomed(this, frame);
  }

  #noteSign(): void {
    this.#heardAt = this.#options.clock.monotonic();
  }

  #end(code: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#late?.();
    this.#options.handlers.ended(this, code);
  }
}
