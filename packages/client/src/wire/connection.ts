import type { Beat, Cursor, DownFrame, GatewayTicket, UpFrame, Welcome } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { Cancel, Environment } from '../environment.ts';
import { ApiError, type ReportFault } from '../errors.ts';
import { Attempt } from './attempt.ts';
import { fullJitterMs } from './backoff.ts';
import { Climber } from './climber.ts';
import { type CloseAction, closeAction, type StopReason } from './close-action.ts';
import { CUT } from './transport.ts';
import type { TransportChoice, TransportKind } from './transport-choice.ts';

/** How long a server may take to answer while the device says that it has no network. */
const ANSWER_MS_MAX = 2_000;

export type ConnectionStatus =
  | { readonly state: 'idle' }
  /** Asking for a gateway, connecting, greeting. */
  | { readonly state: 'connecting'; readonly transport: TransportKind }
  /** Greeted, and catching up. */
  | { readonly state: 'syncing'; readonly transport: TransportKind }
  | { readonly state: 'online'; readonly transport: TransportKind }
  /** Until the next try, by the device's clock. */
  | { readonly state: 'waiting'; readonly retryAt: number }
  /** For good: somebody must do something. */
  | { readonly state: 'stopped'; readonly reason: StopReason };

export interface ConnectionHandlers {
  /** Where the device is in its inbox. */
  cursor(): Cursor | undefined;
  welcomed(welcome: Welcome): void;
  frame(frame: Exclude<DownFrame, Welcome>): void;
  /** The connection is gone; `welcomed` may come again. It comes at once where the session `goesOver` to another. */
  lost(goesOver: boolean): void;
  statusChanged(): void;
}

export interface ConnectionDeps {
  readonly environment: Environment;
  readonly gateway: () => Promise<GatewayTicket>;
  readonly transports: TransportChoice;
  readonly handlers: ConnectionHandlers;
  readonly report: ReportFault;
}

/**
 * Keeps a session open: asks where to connect and connects only there, greets, beats, notices silence (`[SLOW4]`), and
 * comes back after a cut (`[SLOW3]`) with full jitter between the tries, over another transport where one does not get
 * through (`[WIRE8]`).
 */
export class ConnectionManager {
  readonly #deps: ConnectionDeps;
  readonly #climber: Climber;
  #status: ConnectionStatus = { state: 'idle' };
  /** Rises with every try, so that what comes late from an earlier one is known. */
  #try = 0;
  #failures = 0;
  #attempt: Attempt | undefined;
  #beatMs = limits.BEAT_MS;
  #presence: 'active' | 'away' = 'active';
  #openedAt = 0;
  /** The server's own wish, from the last error of the connection. */
  #retryAfterMs = 0;
  #watch: Cancel | undefined;
  #beat: Cancel | undefined;
  #retry: Cancel | undefined;
  #doubt: Cancel | undefined;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    const { environment, gateway, transports } = deps;
    this.#climber = new Climber({
      clock: environment.clock,
      gateway,
      transports,
      connect: (ticket) => this.#connect('websocket', ticket),
    });
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
    if (this.#attempt !== undefined) this.#lost({ kind: 'reconnect' });
  }

  /**
   * The device says that its network is gone, which it may be wrong about, and says nothing of a server on the device
   * itself: who answers a beat is there. Polls fail by themselves.
   */
  check(): void {
    const attempt = this.#attempt;
    if (attempt?.isWelcomed !== true || attempt.kind !== 'websocket') return;
    const { heardAt } = attempt;
    this.#sendBeat(true);
    this.#doubt?.();
    this.#doubt = this.#deps.environment.clock.after(ANSWER_MS_MAX, () => {
      if (attempt.heardAt === heardAt) this.restart();
    });
  }

  /** Sends a frame if there is a session; says whether there was. */
  send(frame: UpFrame): boolean {
    if (this.#attempt?.isWelcomed !== true) return false;
    // How far messages are stored is soft, and no reason to ask out of turn.
    this.#attempt.send(JSON.stringify(frame), frame.kind !== 'delivered');
    return true;
  }

  /** Whether somebody is at the device. Told with the next beat, which comes at once if it changed. */
  setPresence(presence: 'active' | 'away'): void {
    if (presence === this.#presence) return;
    this.#presence = presence;
    this.#sendBeat(true);
  }

  /** The session has caught up: from here on a cut counts as the first, and others see who is here (`[SOFT4]`). */
  settled(): void {
    this.#failures = 0;
    const { status } = this;
    if (status.state !== 'syncing') return;
    this.#set({ state: 'online', transport: status.transport });
    // Not before: a cursor that is behind would be answered with what the sync brings. By polls one was said already.
    if (status.transport !== 'websocket') return;
    this.#sendBeat(false);
    this.#beatAgain();
  }

  async #open(): Promise<void> {
    this.#retry?.();
    this.#retry = undefined;
    const current = ++this.#try;
    const { environment, transports, gateway } = this.#deps;
    const kind = transports.next();
    this.#retryAfterMs = 0;
    this.#openedAt = environment.clock.monotonic();
    this.#watchSilence();
    this.#set({ state: 'connecting', transport: kind });
    try {
      const ticket = await gateway();
      if (current !== this.#try) return;
      this.#attempt = this.#connect(kind, ticket);
    } catch (error) {
      if (current !== this.#try) return;
      if (error instanceof ApiError) this.#retryAfterMs = error.body.retryAfterMs ?? 0;
      this.#lost(actionOf(error));
    }
  }

  #connect(kind: TransportKind, { url, ticket }: GatewayTicket): Attempt {
    const { environment, transports, handlers, report } = this.#deps;
    return new Attempt({
      ...{ kind, url, ticket, clock: environment.clock },
      transport: transports.transportOf(kind),
      greetingMsMax: transports.greetingMsMax(kind),
      cursor: () => handlers.cursor(),
      handlers: {
        welcomed: (attempt, welcome) => this.#welcomed(attempt, welcome),
        frame: (attempt, frame) => this.#receive(attempt, frame),
        unreadable: ({ cause }) =>
          report({ code: 'unreadable-frame', message: "a server's frame can't be read", cause }),
        ended: (attempt, code) => this.#ended(attempt, code),
      },
    });
  }

  #welcomed(attempt: Attempt, welcome: Welcome): void {
    if (attempt === this.#climber.attempt) this.#goOver(attempt);
    if (attempt !== this.#attempt) return;
    this.#deps.transports.welcomed(attempt.kind);
    this.#beatMs = welcome.beatMs;
    this.#set({ state: 'syncing', transport: attempt.kind });
    this.#beatAgain();
    // The next request may be the one that waits, and the beat behind it would wait, too.
    if (attempt.kind !== 'websocket') this.#sendBeat(false);
    this.#climber.begin(attempt.kind);
    this.#deps.handlers.welcomed(welcome);
  }

  /** A socket got through beside the polls: the session goes on there (`[WIRE9]`). */
  #goOver(attempt: Attempt): void {
    this.#climber.arrived();
    this.#drop(true);
    this.#attempt = attempt;
    this.#watchSilence();
  }

  #receive(attempt: Attempt, frame: Exclude<DownFrame, Welcome>): void {
    if (attempt !== this.#attempt) return;
    if (frame.kind === 'error' && frame.id === undefined) {
      this.#retryAfterMs = frame.retryAfterMs ?? 0;
      // Before the welcome it says why a close follows: a ticket that a restarted server doesn't know, for one.
      if (!attempt.isWelcomed) return;
    }
    this.#deps.handlers.frame(frame);
  }

  #ended(attempt: Attempt, code: number): void {
    if (attempt === this.#climber.attempt) this.#climber.failed();
    if (attempt !== this.#attempt) return;
    this.#deps.transports.ended(attempt.kind, attempt.endOf(code));
    this.#lost(closeAction(code));
  }

  #lost(action: CloseAction): void {
    if (this.#status.state === 'stopped') return;
    this.#drop();
    if (action.kind === 'stop') {
      this.#set({ state: 'stopped', reason: action.reason });
      return;
    }
    const { clock, random } = this.#deps.environment;
    const wait = this.#retryAfterMs + fullJitterMs(this.#failures++, random);
    this.#retry = clock.after(wait, () => void this.#open());
    this.#set({ state: 'waiting', retryAt: clock.now() + wait });
  }

  /** Ends what belongs to this try. */
  #drop(goesOver = false): void {
    this.#try++;
    const attempt = this.#attempt;
    this.#attempt = undefined;
    attempt?.close();
    this.#climber.end();
    for (const cancel of [this.#watch, this.#beat, this.#retry, this.#doubt]) cancel?.();
    this.#watch = undefined;
    this.#beat = undefined;
    this.#retry = undefined;
    this.#doubt = undefined;
    if (attempt?.isWelcomed === true) this.#deps.handlers.lost(goesOver);
  }

  /** One timer for the whole connection: it looks when the silence could have lasted long enough. */
  #watchSilence(): void {
    const { clock } = this.#deps.environment;
    const heardAt = this.#attempt?.heardAt ?? this.#openedAt;
    const left = heardAt + (this.#attempt?.silenceMsMax ?? limits.SERVER_SILENCE_MS) - clock.monotonic();
    if (left > 0) this.#watch = clock.after(left, () => this.#watchSilence());
    else if (this.#attempt === undefined) this.#lost({ kind: 'reconnect' });
    else this.#ended(this.#attempt, CUT);
  }

  #beatAgain(): void {
    this.#beat?.();
    this.#beat = this.#deps.environment.clock.after(this.#beatMs, () => {
      this.#sendBeat(false);
      this.#beatAgain();
    });
  }

  #sendBeat(hurry: boolean): void {
    if (this.#attempt?.isWelcomed !== true) return;
    const beat: Beat = { kind: 'beat', state: this.#presence, cursor: this.#deps.handlers.cursor() };
    this.#attempt.sendAlong(JSON.stringify(beat), hurry);
  }

  #set(status: ConnectionStatus): void {
    this.#status = status;
    this.#deps.handlers.statusChanged();
  }
}

/** What it means that the server did not say where to connect. */
function actionOf(error: unknown): CloseAction {
  if (error instanceof ApiError && error.body.code === 'account-suspended')
    return { kind: 'stop', reason: 'suspended' };
  const refused = error instanceof ApiError && error.status === 401;
  return refused ? { kind: 'stop', reason: 'signed-out' } : { kind: 'reconnect' };
}
