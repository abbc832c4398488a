import { type CommandFrame, type ErrorBody, limits, type RoomId, refusal } from '@maru/protocol';
import type { Identity } from '../../ports/credentials.ts';
import { faultFields } from '../../ports/logger.ts';
import type { Answer } from '../../ports/rooms.ts';
import type { IntakeResult } from '../edge/intake.ts';
import { isLater, type LaterFrame, type RoomFrame } from '../edge/later-frame.ts';
import { acceptedFrame, refusalFrame } from './down-frames.ts';
import type { Replies } from './live-session.ts';
import { RoomStops } from './room-stops.ts';
import type { SessionDeps } from './session-deps.ts';

/** One session's commands on their way: how many there are in each room, and which wait for others. */
export class SessionCommands {
  readonly #deps: SessionDeps;
  readonly #identity: Identity;
  readonly #replies: Pick<Replies, 'send'>;
  readonly #inFlight = new Map<RoomId, number>();
  readonly stops = new RoomStops();
  /** Rooms with a command that is still being looked at: what follows must not overtake it (`[ORD4]`). */
  #tails: Map<RoomId, Promise<void>> | undefined;

  constructor(deps: SessionDeps, identity: Identity, replies: Pick<Replies, 'send'>) {
    this.#deps = deps;
    this.#identity = identity;
    this.#replies = replies;
  }

  /** Whether the room has as many commands unanswered as it may (`[ONCE6]`). */
  isFull(room: RoomId): boolean {
    return (this.#inFlight.get(room) ?? 0) >= limits.SENDS_IN_FLIGHT_MAX;
  }

  /** Brings a command to its room and answers it when the room has. */
  take(frame: CommandFrame): void {
    const { room } = frame;
    this.#deps.counts.commands++;
    this.#deps.gate.enter();
    this.#inFlight.set(room, (this.#inFlight.get(room) ?? 0) + 1);
    const before = this.#tails?.get(room);
    if (isLater(frame)) {
      this.#takeLater(frame, before);
      return;
    }
    if (before !== undefined) {
      this.#follow(frame, before, undefined);
      return;
    }
    try {
      const taken = this.#deps.intake(this.#identity, frame);
      if (taken instanceof Promise) this.#follow(frame, undefined, taken);
      else this.#submit(frame, taken);
    } catch (fault) {
      this.#fail(frame, fault);
    }
  }

  /** Behind what is still being looked at, as everything; the room then sees to the order. */
  #takeLater(frame: LaterFrame, before: Promise<void> | undefined): void {
    const take = () => this.#deps.later.take(this.#identity, frame);
    const answered = before === undefined ? take() : before.then(take);
    answered.then(
      (answer) => this.#answer(frame, answer),
      (fault) => this.#fail(frame, fault),
    );
  }

  #submit(frame: CommandFrame, taken: IntakeResult): void {
    if (taken.kind === 'refused') {
      this.#refuse(frame, taken.error);
      return;
    }
    this.#deps.rooms.submit(taken.command).then(
      (answer) => this.#answer(frame, answer),
      (fault) => this.#fail(frame, fault),
    );
  }

  #follow(
    frame: RoomFrame,
    before: Promise<void> | undefined,
    taken: Promise<IntakeResult> | undefined,
  ): void {
    this.#tails ??= new Map();
    const tails = this.#tails;
    const tail = this.#submitLater(frame, before, taken).then(() => {
      if (tails.get(frame.room) === tail) tails.delete(frame.room);
    });
    tails.set(frame.room, tail);
  }

  async #submitLater(
    frame: RoomFrame,
    before: Promise<void> | undefined,
    taken: Promise<IntakeResult> | undefined,
  ): Promise<void> {
    try {
      await before;
      this.#submit(frame, await (taken ?? this.#deps.intake(this.#identity, frame)));
    } catch (fault) {
      this.#fail(frame, fault);
    }
  }

  #answer(frame: CommandFrame, answer: Answer): void {
    if (answer.kind === 'refused') this.#refuse(frame, answer.error);
    else this.#finish(frame, acceptedFrame(frame.room, frame.clientMessageId, answer.seq, answer.at));
  }

  #refuse(frame: CommandFrame, error: ErrorBody): void {
    if (error.retryable) this.stops.stop(frame);
    this.#finish(frame, refusalFrame(error, frame));
  }

  #fail(frame: CommandFrame, fault: unknown): void {
    this.#deps.log.error({ command: frame.kind, ...faultFields(fault) }, 'a command failed');
    this.#refuse(frame, refusal('internal', 'Something went wrong here. Try again.'));
  }

  #finish({ room }: CommandFrame, answer: string): void {
    const left = (this.#inFlight.get(room) ?? 0) - 1;
    if (left > 0) this.#inFlight.set(room, left);
    else this.#inFlight.delete(room);
    this.#deps.gate.leave();
    this.#replies.send(answer);
  }
}
