import { closeCodes, type DeviceId, type ErrorBody, errors, type RoomId, refusal } from '@maru/protocol';
import { unreachable } from '../../core/unreachable.ts';
import { faultFields } from '../../ports/logger.ts';
import type { SignOutReason } from '../../ports/session-control.ts';
import { type FrameName, refusalFrame } from './down-frames.ts';
import { type Connection, Greeting, type GreetingOutcome, greet } from './greeting.ts';
import type { LiveSession, Replies } from './live-session.ts';
import { OpenSession } from './open-session.ts';
import { parseFrame } from './parse-frame.ts';
import type { SessionDeps } from './session-deps.ts';
import type { SessionSink } from './session-sink.ts';

/** Far more than a hello needs. Nobody pays for reading a larger one before it is known who sends it. */
const HELLO_CHARS_MAX = 65_536;
/** Frames that may wait for a welcome. */
const HELD_DELIVERIES_MAX = 4_096;

type SessionState =
  | { readonly kind: 'awaiting-hello'; readonly connection: Connection }
  | Greeting
  | OpenSession
  | { readonly kind: 'closed' };

const CLOSED: SessionState = { kind: 'closed' };

/**
 * One live connection of a device: takes its frames as text, and answers into a sink. It knows no transport
 * (`[WIRE7]`): whoever carries the frames calls {@link receive} for each and {@link carrierClosed} at the end.
 */
export class Session implements LiveSession, Replies {
  readonly #deps: SessionDeps;
  readonly #sink: SessionSink;
  #state: SessionState;
  /** What is to be written: mostly nothing or one frame, which then need no list. */
  #pending: string | string[] | undefined;
  /** Bytes of the largest answer that the client asked for and may be reading: no reason to cut it off. */
  #asked = 0;

  constructor(deps: SessionDeps, sink: SessionSink, connection: Connection, settled = () => {}) {
    this.#deps = deps;
    this.#sink = sink;
    this.#state = { kind: 'awaiting-hello', connection };
    deps.helloWatch.add(this, settled);
  }

  get device(): DeviceId | undefined {
    const state = this.#state;
    if (state.kind === 'open') return state.info.device;
    return state.kind === 'greeting' ? state.device : undefined;
  }

  /** One frame from the client. */
  receive(text: string): void {
    this.#deps.counts.framesReceived++;
    const state = this.#state;
    switch (state.kind) {
      case 'awaiting-hello':
        this.#expectHello(text, state.connection);
        return;
      case 'greeting':
        if (!state.hold(text)) this.close(closeCodes.rateLimited.code, 'wait for the welcome');
        return;
      case 'open':
        state.serve(text);
        return;
      case 'closed':
        return;
      default:
        unreachable(state);
    }
  }

  /** The client sent what is no text. */
  receiveBinary(): void {
    this.refuseForGood(refusal('not-json', 'A frame is a text message.'));
  }

  /** The connection is gone. @param silentMs for how long nothing had been heard on it */
  carrierClosed(silentMs = 0): void {
    this.#end(false, silentMs);
  }

  /**
   * The carrier works by requests, and here is one without a new frame: it counts as a frame against the device's rate
   * (`[LIMIT6]`).
   *
   * @returns 0, or the milliseconds after which it may come again
   */
  takeRequest(): number {
    return this.#state.kind === 'open' ? this.#state.line.take(1, 0, this.#deps.clock.monotonic()) : 0;
  }

  close(code: number, reason: string): void {
    if (this.#state.kind === 'closed') return;
    if (this.#state.kind === 'open') this.#write();
    this.#end(false);
    this.#sink.close(code, reason);
  }

  signOut(why: SignOutReason): void {
    if (this.#state.kind === 'closed') return;
    this.#end(true);
    this.#sink.close(errors[why].close, why);
  }

  helloTimedOut(): void {
    this.close(closeCodes.helloTimeout.code, 'no hello');
  }

  send(frame: string): void {
    const { kind } = this.#state;
    if (kind !== 'open' && kind !== 'greeting') return;
    if (this.#pending === undefined) {
      this.#pending = frame;
      this.#deps.live.touch(this);
    } else if (typeof this.#pending === 'string') {
      this.#pending = [this.#pending, frame];
    } else if (this.#pending.push(frame) > HELD_DELIVERIES_MAX && kind === 'greeting') {
      this.#cutOff();
    }
  }

  answer(frame: string): void {
    this.#asked = Math.max(this.#asked, Buffer.byteLength(frame));
    this.send(frame);
  }

  refuse(error: ErrorBody, name?: FrameName): void {
    if (error.code === 'not-json') this.refuseForGood(error);
    else this.send(refusalFrame(error, name));
  }

  refuseForGood(error: ErrorBody): void {
    if (this.#state.kind === 'closed') return;
    if (this.#state.kind === 'open') this.#write();
    this.#sink.sendText(refusalFrame(error));
    this.#pending = undefined;
    const { close } = errors[error.code] as { readonly close?: number };
    this.close(close ?? closeCodes.comeBack.code, error.code);
  }

  flush(): void {
    if (this.#state.kind !== 'open') return;
    this.#write();
    this.checkBacklog();
  }

  checkBacklog(): void {
    if (this.#state.kind !== 'open') return;
    const unsent = this.#sink.getBufferedAmount();
    if (unsent === 0) this.#asked = 0;
    else if (unsent > this.#deps.sendQueueBytesSoft + this.#asked) this.#cutOff();
  }

  sendPublished(room: RoomId, frame: string): void {
    if (this.#state.kind === 'greeting' && this.#state.topics.has(room)) this.send(frame);
  }

  subscribe(room: RoomId): void {
    const state = this.#state;
    if (state.kind === 'open') this.#sink.subscribe(room);
    else if (state.kind === 'greeting') state.topics.add(room);
  }

  unsubscribe(room: RoomId): void {
    const state = this.#state;
    if (state.kind === 'open') this.#sink.unsubscribe(room);
    else if (state.kind === 'greeting') state.topics.delete(room);
  }

  #expectHello(text: string, connection: Connection): void {
    if (text.length > HELLO_CHARS_MAX) {
      const limit = { name: 'HELLO_CHARS_MAX', value: HELLO_CHARS_MAX };
      this.refuseForGood(refusal('frame-too-large', 'The hello is too large.', { limit }));
      return;
    }
    const parsed = parseFrame(text);
    if (parsed.kind === 'frame' && parsed.frame.kind === 'hello') {
      const greeting = new Greeting();
      this.#state = greeting;
      greet(this.#deps, this, greeting, parsed.frame, connection).then(
        (outcome) => this.#greeted(greeting, outcome),
        (fault) => this.#failGreeting(fault),
      );
      return;
    }
    const notJson = parsed.kind === 'refused' && parsed.error.code === 'not-json';
    this.refuseForGood(
      notJson ? parsed.error : refusal('hello-expected', 'The first frame must be a `hello`.'),
    );
  }

  #greeted(greeting: Greeting, outcome: GreetingOutcome): void {
    if (this.#state !== greeting) {
      if (outcome.kind === 'welcome')
        this.#deps.inboxes.closed(outcome.registered.info, greeting.loggedOut, 0);
      return;
    }
    if (outcome.kind === 'ended') return;
    if (outcome.kind === 'refused') {
      this.refuseForGood(outcome.error);
      return;
    }
    this.#deps.helloWatch.delete(this);
    const open = new OpenSession(this.#deps, this, outcome.registered);
    this.#state = open;
    const held = this.#pending ?? [];
    this.#pending = [outcome.frame, ...(typeof held === 'string' ? [held] : held)];
    this.#deps.live.welcomed(this);
    this.#deps.live.touch(this);
    for (const room of greeting.topics) this.#sink.subscribe(room);
    for (const text of greeting.frames) if (this.#state === open) open.serve(text);
  }

  #failGreeting(fault: unknown): void {
    this.#deps.log.error(faultFields(fault), 'a session could not be opened');
    this.refuseForGood(refusal('internal', 'Something went wrong here. Try again.'));
  }

  #write(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    if (typeof pending === 'string') {
      this.#deps.counts.framesSent++;
      this.#sink.sendText(pending);
      return;
    }
    this.#deps.counts.framesSent += pending.length;
    this.#sink.cork(() => {
      for (const frame of pending) this.#sink.sendText(frame);
    });
  }

  #cutOff(): void {
    this.#deps.counts.slow++;
    this.#end(false);
    this.#sink.close(closeCodes.slow.code, 'too slow: reconnect and sync');
  }

  #end(loggedOut: boolean, silentMs = 0): void {
    const state = this.#state;
    if (state.kind === 'closed') return;
    this.#state = CLOSED;
    this.#pending = undefined;
    const { helloWatch, live, inboxes } = this.#deps;
    helloWatch.delete(this);
    if (state.kind === 'greeting') {
      state.end(loggedOut);
      if (state.registered === undefined) return;
      const { info, line } = state.registered;
      live.remove(this, info.session, info.user, line);
    } else if (state.kind === 'open') {
      live.remove(this, state.info.session, state.info.user, state.line);
      inboxes.closed(state.info, loggedOut, silentMs);
    }
  }
}
