import {
  type CommandFrame,
  type ErrorBody,
  limits,
  type RequestFrame,
  refusal,
  type UpFrame,
} from '@maru/protocol';
import type { SessionInfo } from '../../ports/inboxes.ts';
import { faultFields } from '../../ports/logger.ts';
import { frameCost } from '../edge/costs.ts';
import { answerRequest } from './answer-request.ts';
import type { DeviceLine } from './device-line.ts';
import { beatFrame, type FrameName } from './down-frames.ts';
import type { Registered } from './greeting.ts';
import type { Replies } from './live-session.ts';
import { parseFrame } from './parse-frame.ts';
import { SessionCommands } from './session-commands.ts';
import type { SessionDeps } from './session-deps.ts';

/** Requests of one session that may be unanswered. */
export const REQUESTS_IN_FLIGHT_MAX = 64;
/** When to try again where it is answers that are waited for, and not a rate. */
const RETRY_AFTER_MS = 100;

/** A session that has been welcomed: carries out what its frames ask for. */
export class OpenSession {
  readonly kind = 'open';
  readonly info: SessionInfo;
  readonly line: DeviceLine;
  readonly #deps: SessionDeps;
  readonly #replies: Replies;
  readonly #registered: Registered;
  #commands: SessionCommands | undefined;
  #requests = 0;

  constructor(deps: SessionDeps, replies: Replies, registered: Registered) {
    this.#deps = deps;
    this.#replies = replies;
    this.#registered = registered;
    this.info = registered.info;
    this.line = registered.line;
  }

  serve(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (bytes > limits.FRAME_BYTES_MAX) {
      this.#replies.refuseForGood(tooLarge(bytes));
      return;
    }
    const parsed = parseFrame(text);
    const now = this.#deps.clock.monotonic();
    const wait = this.line.take(parsed.kind === 'frame' ? frameCost(parsed.frame) : 1, bytes, now);
    if (wait > 0) {
      const name = parsed.kind === 'frame' ? nameOf(parsed.frame) : parsed.name;
      this.#refuseRate(refusal('rate-limited', 'Too much at once.', { retryAfterMs: wait }), name, bytes);
    } else if (parsed.kind === 'refused') {
      this.#replies.refuse(parsed.error, parsed.name);
    } else {
      this.#dispatch(parsed.frame, bytes);
    }
  }

  #dispatch(frame: UpFrame, bytes: number): void {
    switch (frame.kind) {
      case 'hello':
        this.#replies.refuse(refusal('bad-request', 'Hello was said already.', { field: 'kind' }));
        return;
      case 'beat':
      case 'delivered':
      case 'typing':
        this.#sign(frame);
        return;
      case 'sync':
      case 'history':
      case 'mark':
      case 'look':
      case 'status':
      case 'set':
        if (this.#requests < REQUESTS_IN_FLIGHT_MAX) void this.#request(frame);
        else this.#refuseRate(tooMany('REQUESTS_IN_FLIGHT_MAX', REQUESTS_IN_FLIGHT_MAX), frame, bytes);
        return;
      default:
        this.#command(frame, bytes);
    }
  }

  /** What isn't waited for. */
  #sign(frame: UpFrame & { kind: 'beat' | 'delivered' | 'typing' }): void {
    const { inboxes } = this.#deps;
    try {
      if (frame.kind === 'beat') {
        this.#replies.send(beatFrame(inboxes.beat(this.info, frame.state, frame.cursor)));
      } else if (frame.kind === 'delivered') {
        inboxes.delivered(this.info.user, frame.marks);
      } else {
        inboxes.typing(this.info.user, frame.room);
      }
    } catch (fault) {
      this.#replies.refuse(this.#internal(frame.kind, fault));
    }
  }

  async #request(frame: RequestFrame): Promise<void> {
    if (frame.kind === 'status') this.#commands?.stops.lift(frame.room);
    this.#requests++;
    try {
      if (frame.kind === 'sync') await this.#deps.turns.enter();
      this.#replies.answer(await answerRequest(this.#deps, this.info, frame));
    } catch (fault) {
      this.#replies.refuse(this.#internal(frame.kind, fault), { id: frame.id });
    } finally {
      this.#requests--;
    }
  }

  #command(frame: CommandFrame, bytes: number): void {
    const { gate } = this.#deps;
    const commands = this.#ensureCommands();
    if (gate.isShut) {
      this.#replies.refuse(
        refusal('draining', 'The server is stopping.', { retryAfterMs: RETRY_AFTER_MS }),
        frame,
      );
    } else if (commands.stops.holds(frame)) {
      this.#refuseRate(heldUp(), frame, bytes);
    } else if (commands.isFull(frame.room)) {
      this.#refuseRate(tooMany('SENDS_IN_FLIGHT_MAX', limits.SENDS_IN_FLIGHT_MAX), frame, bytes);
    } else {
      commands.take(frame);
    }
  }

  #ensureCommands(): SessionCommands {
    this.#commands ??= new SessionCommands(this.#deps, this.#registered.identity, this.#replies);
    return this.#commands;
  }

  /** Refuses for rate (`[LIMIT6]`), or for flooding ends the session. */
  #refuseRate(error: ErrorBody, name: FrameName | undefined, bytes: number): void {
    this.#deps.counts.rateLimited++;
    if (name !== undefined && 'clientMessageId' in name) this.#ensureCommands().stops.stop(name);
    const floods = this.#commands?.stops.isFull === true;
    if (!floods && this.line.mayRefuse(bytes, this.#deps.clock.monotonic()))
      this.#replies.refuse(error, name);
    else this.#replies.refuseForGood(error);
  }

  #internal(kind: string, fault: unknown): ErrorBody {
    this.#deps.log.error({ frame: kind, ...faultFields(fault) }, 'a frame could not be served');
    return refusal('internal', 'Something went wrong here. Try again.');
  }
}

function tooLarge(given: number): ErrorBody {
  const value = limits.FRAME_BYTES_MAX;
  const limit = { name: 'FRAME_BYTES_MAX', value };
  return refusal('frame-too-large', `A frame has at most ${value} bytes.`, { limit, given });
}

function heldUp(): ErrorBody {
  const message = 'A command before this one was refused and is to be sent again first.';
  return refusal('busy', message, { retryAfterMs: RETRY_AFTER_MS });
}

function tooMany(name: string, value: number): ErrorBody {
  return refusal('rate-limited', `More than ${value} are unanswered.`, {
    limit: { name, value },
    retryAfterMs: RETRY_AFTER_MS,
  });
}

function nameOf(frame: UpFrame): FrameName | undefined {
  if ('id' in frame) return frame;
  return 'clientMessageId' in frame ? frame : undefined;
}
