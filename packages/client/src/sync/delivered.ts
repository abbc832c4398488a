import type { ErrorBody, RoomId, Seq, UpFrame } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import type { Journal } from '../store/journal.ts';

/** At most four frames a second, each for all rooms at once. */
const TOGETHER_MS = 250;
/** A refusal that comes so long after a frame is not for that one any more. */
const ANSWERED_MS = 5_000;
/** How often the same marks are told again: where more is refused than the device can help, they give way. */
const AGAIN_MAX = 3;

type Delivered = Extract<UpFrame, { kind: 'delivered' }>;

export interface DeliveredDeps {
  readonly clock: Clock;
  readonly rooms: Rooms;
  readonly journal: Journal;
  readonly session: { send(frame: Delivered): boolean };
}

/** Tells the server how far this device has stored what others wrote (`[SOFT2]`). */
export class DeliveredReceipts {
  readonly #deps: DeliveredDeps;
  readonly #due = new Set<Room>();
  #timer: Cancel | undefined;
  /** What was told last; nobody answers it unless it is refused. */
  readonly #told = new Map<RoomId, Seq>();
  #toldAt = 0;
  #times = 0;
  #again: Cancel | undefined;

  constructor(deps: DeliveredDeps) {
    this.#deps = deps;
  }

  /** Looks through all rooms: what was not told before is told now. */
  online(): void {
    for (const room of this.#deps.rooms) this.note(room);
  }

  close(): void {
    for (const cancel of [this.#timer, this.#again]) cancel?.();
    this.#timer = undefined;
    this.#again = undefined;
    this.#due.clear();
  }

  /**
   * Something was refused that has no name. Where that was for its rate, it may have been what was told last: that is told
   * again, as else nobody would before the next message.
   */
  refused({ code, retryAfterMs = 0 }: ErrorBody): void {
    this.#forgetAnswered();
    if (code !== 'rate-limited' || this.#told.size === 0 || this.#times === AGAIN_MAX) return;
    this.#again ??= this.#deps.clock.after(Math.max(retryAfterMs, TOGETHER_MS), () => {
      this.#again = undefined;
      this.#times++;
      this.#send([...this.#told]);
    });
  }

  /** Somebody else's message may have come. */
  note(room: Room): void {
    const { fromOthers, marks, membership } = room.record;
    if (fromOthers <= marks.delivered || membership !== 'member') return;
    this.#due.add(room);
    this.#timer ??= this.#deps.clock.after(TOGETHER_MS, () => {
      this.#timer = undefined;
      this.#tell().catch(() => undefined);
    });
  }

  /** Rejects only where the store failed, which is told of elsewhere. */
  async #tell(): Promise<void> {
    // A room that began anew meanwhile has nothing to tell.
    const due = [...this.#due]
      .filter(({ record }) => record.fromOthers > record.marks.delivered)
      .map((room) => ({ room, seq: room.record.fromOthers as Seq }));
    this.#due.clear();
    await this.#deps.journal.flush();
    this.#times = 0;
    const isSent = this.#send(due.map(({ room, seq }) => [room.record.room, seq]));
    if (!isSent) return;
    for (const { room, seq } of due) {
      const { marks } = room.record;
      if (seq <= marks.delivered) continue;
      room.record = { ...room.record, marks: { ...marks, delivered: seq } };
      this.#deps.journal.touch(room.record.room);
    }
  }

  /** Whether there is a session that takes them, in as many frames as are needed. */
  #send(marks: readonly [RoomId, Seq][]): boolean {
    this.#forgetAnswered();
    this.#toldAt = this.#deps.clock.monotonic();
    for (const [room, seq] of marks) this.#told.set(room, seq);
    for (let from = 0; from < marks.length; from += limits.DELIVERED_ROOMS_MAX) {
      const some = marks.slice(from, from + limits.DELIVERED_ROOMS_MAX);
      if (!this.#deps.session.send({ kind: 'delivered', marks: some })) return false;
    }
    return true;
  }

  #forgetAnswered(): void {
    if (this.#deps.clock.monotonic() - this.#toldAt >= ANSWERED_MS) this.#told.clear();
  }
}
