import type { ErrorBody, RoomId, Seq, UpFrame } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import type { Journal } from '../store/journal.ts';

/** At most four frames a second, each for all rooms at once. */
const TOGETHER_MS = 250;
/** A refusal that comes so long after a frame is not for that one any more. */
const ANSWERED_MS = 5_000;

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
  #told: readonly { readonly at: number; readonly frame: Delivered }[] = [];
  #again: Cancel | undefined;

  constructor(deps: DeliveredDeps) {
    this.#deps = deps;
  }

  /** Looks through all rooms: what was not told before is told now. */
  online(): void {
    for (const room of this.#deps.rooms) this.note(room);
  }

  close(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#due.clear();
    this.#again?.();
    this.#again = undefined;
    this.#told = [];
  }

  /**
   * Something was refused that has no name. Where that was for its rate, it may have been what was told last: that is told
   * again, as else nobody would before the next message.
   */
  refused({ code, retryAfterMs = 0 }: ErrorBody): void {
    if (code !== 'rate-limited') return;
    this.#again ??= this.#deps.clock.after(Math.max(retryAfterMs, TOGETHER_MS), () => {
      this.#again = undefined;
      const told = this.#justTold();
      this.#told = [];
      for (const { frame } of told) this.#send(frame);
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
    for (let from = 0; from < due.length; from += limits.DELIVERED_ROOMS_MAX) {
      const some = due.slice(from, from + limits.DELIVERED_ROOMS_MAX);
      const marks = some.map(({ room, seq }): [RoomId, Seq] => [room.record.room, seq]);
      if (!this.#send({ kind: 'delivered', marks })) return;
      for (const { room, seq } of some) {
        const { marks } = room.record;
        if (seq <= marks.delivered) continue;
        room.record = { ...room.record, marks: { ...marks, delivered: seq } };
        this.#deps.journal.touch(room.record.room);
      }
    }
  }

  #send(frame: Delivered): boolean {
    const at = this.#deps.clock.monotonic();
    this.#told = [...this.#justTold(), { at, frame }];
    return this.#deps.session.send(frame);
  }

  #justTold() {
    const now = this.#deps.clock.monotonic();
    return this.#told.filter(({ at }) => now - at < ANSWERED_MS);
  }
}
