import type { RoomId, UserId } from '@maru/protocol';
import type { SoftWrites } from './views-request.ts';

/** Soft writes that wait at most; beyond, new ones are left out (`[SOFT1]`): devices say them again. */
const WAITING_MAX = 200_000;

type Delivered = Map<UserId, Map<RoomId, number>>;

/** Delivered marks and last-active times that the projections don't have yet, coalesced. */
export class SoftMarks {
  #waiting = new SoftBatch();
  /** On its way to the projections' thread. */
  #under: SoftBatch | undefined;

  get size(): number {
    return this.#waiting.size;
  }

  saveDelivered(user: UserId, room: RoomId, seq: number): void {
    if (this.#waiting.size < WAITING_MAX) this.#waiting.deliver(user, room, seq);
  }

  saveLastActive(user: UserId, at: number): void {
    if (this.#waiting.size < WAITING_MAX) this.#waiting.lastActive.set(user, at);
  }

  delivered(user: UserId, room: RoomId): number {
    const waiting = this.#waiting.delivered.get(user)?.get(room) ?? 0;
    return Math.max(waiting, this.#under?.delivered.get(user)?.get(room) ?? 0);
  }

  lastActive(user: UserId): number | undefined {
    return this.#waiting.lastActive.get(user) ?? this.#under?.lastActive.get(user);
  }

  /** What is to be written now. It is seen by reads until {@link written}. */
  take(): SoftWrites {
    this.#under = this.#waiting;
    this.#waiting = new SoftBatch();
    return this.#under.toWrites();
  }

  written(): void {
    this.#under = undefined;
  }

  /** Takes back what could not be written. */
  putBack(): void {
    const { delivered, lastActive } = this.#under ?? new SoftBatch();
    this.#under = undefined;
    for (const [user, rooms] of delivered)
      for (const [room, seq] of rooms) this.#waiting.deliver(user, room, seq);
    for (const [user, at] of lastActive)
      if (!this.#waiting.lastActive.has(user)) this.#waiting.lastActive.set(user, at);
  }
}

class SoftBatch {
  readonly delivered: Delivered = new Map();
  readonly lastActive = new Map<UserId, number>();
  #delivered = 0;

  get size(): number {
    return this.#delivered + this.lastActive.size;
  }

  deliver(user: UserId, room: RoomId, seq: number): void {
    let rooms = this.delivered.get(user);
    if (rooms === undefined) {
      rooms = new Map();
      this.delivered.set(user, rooms);
    }
    const known = rooms.get(room);
    if (known === undefined) this.#delivered++;
    if (known === undefined || known < seq) rooms.set(room, seq);
  }

  toWrites(): SoftWrites {
    const delivered: (readonly [UserId, RoomId, number])[] = [];
    for (const [user, rooms] of this.delivered)
      for (const [room, seq] of rooms) delivered.push([user, room, seq]);
    return { delivered, lastActive: [...this.lastActive] };
  }
}
