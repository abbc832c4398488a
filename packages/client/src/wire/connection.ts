import type { Cursor, DownFrame, GatewayTicket, UpFrame, Welcome } from '@maru/protocol';
import { CAPABILITIES, limits, PROTOCOL_VERSION } from '@maru/protocol';
import type { Cancel, Environment } from '../environment.ts';
import { ApiError, type ReportFault } from '../errors.ts';
import { fullJitterMs } from './backoff.ts';
import { type CloseAction, closeAction, type StopReason } from './close-action.ts';
import { parseFrame } from './parse-frame.ts';
import type { Connection } from './transport.ts';

export type ConnectionStatus =
  | { readonly state: 'idle' }
  /** Asking for a gateway, connecting, greeting. */
  | { readonly state: 'connecting' }
  /** Greeted, and catching up. */
  | { readonly state: 'syncing' }
  | { readonly state: 'online' }
  /** Until the next try, by the device's clock. */
  | { readonly state: 'waiting'; readonly retryAt: number }
  /** For good: somebody must do something. */
  | { readonly state: 'stopped'; readonly reason: StopReason };

export interface ConnectionHandlers {
  /** Where the device is in its inbox. */
  cursor(): Cursor | undefined;
  welcomed(welcome: Welcome): void;
  frame(frame: Exclude<DownFrame, Welcome>): void;
  /** The connection is gone; `welcomed` may come again. */
  lost(): void;
  statusChanged(): void;
}

/**
 * Keeps a session open: asks where to connect and connects only there, greets, beats, notices silence (`[SLOW4]`), and
 * comes back after a cut (`[SLOW3]`) with full jitter between the tries.
 */
export class ConnectionManager {
  readonly #environment: Environment;
  readonly #gateway: () => Promise<GatewayTicket>;
  readonly #handlers: ConnectionHandlers;
  readonly #report: ReportFault;
  #status: ConnectionStatus = { state: 'idle' };
  /** Rises with every try, so that what comes late from an earlier one is known. */
  #try = 0;
  #failures = 0;
  #connection: Connection | undefined;
  #welcomed = false;
  #beatMs = limits.BEAT_MS;
  #presence: 'active' | 'away' = 'active';
  #heardAt = 0;
  /** The server's own wish, from the last error of the connection. */
  #retryAfterMs = 0;
  #watch: Cancel | undefined;
  #beat: Cancel | undefined;
  #retry: Cancel | undefined;

  constructor(deps: {
    environment: Environment;
    gateway: () => Promise<GatewayTicket>;
    handlers: ConnectionHandlers;
    report: ReportFault;
  }) {
    this.#environment = deps.environment;
    this.#gateway = deps.gateway;
    this.#handlers = deps.handlers;
    this.#report = deps.report;
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Connects, and stays connected until stopped. Also ends the wait for the next try. */
  start(): void {
    const { state } = this.#status;
    if (state === 'connecting' || state === 'syncing' || state === 'online') return;
    void this.#open();
  }

  /** Says why there will be no further try. */
  stop(reason: StopReason): void {
    if (this.#status.state === 'stopped') return;
    this.#drop();
    this.#set({ state: 'stopped', reason });
  }

  /** Cuts the connection and comes back: something about it can't be trusted. */
  restart(): void {
    if (this.#connection !== undefined) this.#lost({ kind: 'reconnect' });
  }

  /** Sends a frame if there is a session; says whether there was. */
  send(frame: UpFrame): boolean {
    if (!this.#welcomed || this.#connection === undefined) return false;
    this.#connection.send(JSON.stringify(frame));
    return true;
  }

  /** Whether somebody is at the device. Told with the next beat, which comes at once if it changed. */
  setPresence(presence: 'active' | 'away'): void {
    if (presence === this.#presence) return;
    this.#presence = presence;
    if (this.#welcomed) this.#sendBeat();
  }

  /** The session has caught up: from here on a cut counts as the first. */
  settled(): void {
    this.#failures = 0;
    this.#set({ state: 'online' });
  }

  async #open(): Promise<void> {
    this.#retry?.();
    this.#retry = undefined;
    const current = ++this.#try;
    this.#retryAfterMs = 0;
    this.#heard();
    this.#watchSilence();
    this.#set({ state: 'connecting' });
    try {
      const { url, ticket } = await this.#gateway();
      if (current !== this.#try) return;
      this.#connection = this.#environment.transport.connect(url, {
        onOpen: () => this.#greet(ticket),
        onFrame: (text) => this.#receive(text),
        onClose: (code) => this.#lost(closeAction(code)),
      });
    } catch (error) {
      if (current !== this.#try) return;
      if (error instanceof ApiError) this.#retryAfterMs = error.body.retryAfterMs ?? 0;
      this.#lost(actionOf(error));
    }
  }

  #greet(ticket: string): void {
    this.#heard();
    const cursor = this.#handlers.cursor();
    const hello: UpFrame = {
      kind: 'hello',
      versions: [PROTOCOL_VERSION],
      capabilities: [...CAPABILITIES],
      ticket,
      cursor,
    };
    this.#connection?.send(JSON.stringify(hello));
  }

  #receive(text: string): void {
    this.#heard();
    const parsed = parseFrame(text);
    if (parsed.kind === 'unknown') return;
    if (parsed.kind === 'unreadable') {
      this.#report({
        code: 'unreadable-frame',
        message: "a server's frame can't be read",
        cause: parsed.cause,
      });
      return;
    }
    const { frame } = parsed;
    if (frame.kind === 'welcome') {
      // One that a relay has doubled: the session is on its way, and beginning it anew would lose what it asked.
      if (this.#welcomed) return;
      this.#welcomed = true;
      this.#beatMs = frame.beatMs;
      this.#set({ state: 'syncing' });
      this.#beatAgain();
      this.#handlers.welcomed(frame);
      return;
    }
    if (frame.kind === 'error' && frame.id === undefined) {
      this.#retryAfterMs = frame.retryAfterMs ?? 0;
      // Before the welcome it says why a close follows: a ticket that a restarted server doesn't know, for one.
      if (!this.#welcomed) return;
    }
    this.#handlers.frame(frame);
  }

  #lost(action: CloseAction): void {
    if (this.#status.state === 'stopped') return;
    this.#drop();
    if (action.kind === 'stop') {
      this.#set({ state: 'stopped', reason: action.reason });
      return;
    }
    const { clock, random } = this.#environment;
    const wait = this.#retryAfterMs + fullJitterMs(this.#failures++, random);
    this.#retry = clock.after(wait, () => void this.#open());
    this.#set({ state: 'waiting', retryAt: clock.now() + wait });
  }

  /** Ends what belongs to this try. */
  #drop(): void {
    this.#try++;
    this.#connection?.close();
    this.#connection = undefined;
    for (const cancel of [this.#watch, this.#beat, this.#retry]) cancel?.();
    this.#watch = undefined;
    this.#beat = undefined;
    this.#retry = undefined;
    const welcomed = this.#welcomed;
    this.#welcomed = false;
    if (welcomed) this.#handlers.lost();
  }

  #heard(): void {
    this.#heardAt = this.#environment.clock.monotonic();
  }

  /** One timer for the whole connection: it looks when the silence could have lasted long enough. */
  #watchSilence(): void {
    const { clock } = this.#environment;
    const left = this.#heardAt + limits.SERVER_SILENCE_MS - clock.monotonic();
    if (left <= 0) this.#lost({ kind: 'reconnect' });
    else this.#watch = clock.after(left, () => this.#watchSilence());
  }

  #beatAgain(): void {
    this.#beat = this.#environment.clock.after(this.#beatMs, () => {
      this.#sendBeat();
      this.#beatAgain();
    });
  }

  #sendBeat(): void {
    this.send({ kind: 'beat', state: this.#presence, cursor: this.#handlers.cursor() });
  }

  #set(status: ConnectionStatus): void {
    this.#status = status;
    this.#handlers.statusChanged();
  }
}

/** What it means that the server did not say where to connect. */
function actionOf(error: unknown): CloseAction {
  if (error instanceof ApiError && error.body.code === 'account-suspended')
    return { kind: 'stop', reason: 'suspended' };
  const refused = error instanceof ApiError && error.status === 401;
  return refused ? { kind: 'stop', reason: 'signed-out' } : { kind: 'reconnect' };
}
