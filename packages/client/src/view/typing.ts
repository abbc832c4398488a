import type { RoomId, UpFrame, UserId } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';

type TypingFrame = Extract<UpFrame, { kind: 'typing' }>;

/** Who is writing where, and this device's own notices (`[SOFT7]`). Soft: nothing of it is stored. */
export class Typing {
  readonly #clock: Clock;
  readonly #session: { send(frame: TypingFrame): boolean };
  readonly #changed: (room: RoomId) => void;
  /** When each notice ends, by the monotonic clock. */
  readonly #rooms = new Map<RoomId, Map<UserId, number>>();
  readonly #said = new Map<RoomId, number>();
  #timer: Cancel | undefined;

  constructor(deps: {
    clock: Clock;
    session: { send(frame: TypingFrame): boolean };
    changed: (room: RoomId) => void;
  }) {
    this.#clock = deps.clock;
    this.#session = deps.session;
    this.#changed = deps.changed;
  }

  in(room: RoomId): readonly UserId[] {
    return [...(this.#rooms.get(room)?.keys() ?? [])];
  }

  /** The user writes here: call it with every key; it is told no more often than it must be. */
  say(room: RoomId): void {
    const now = this.#clock.monotonic();
    const said = this.#said.get(room);
    if (said !== undefined && now - said < limits.TYPING_MS / 2) return;
    this.#said.set(room, now);
    this.#session.send({ kind: 'typing', room });
  }

  /** A message was given: the next key is news again. */
  sent(room: RoomId): void {
    this.#said.delete(room);
  }

  noticed(room: RoomId, user: UserId): void {
    let users = this.#rooms.get(room);
    if (users === undefined) {
      users = new Map();
      this.#rooms.set(room, users);
    }
    // Anew, so that the first in the map ends first.
    users.delete(user);
    users.set(user, this.#clock.monotonic() + limits.TYPING_MS);
    this.#timer ??= this.#clock.after(limits.TYPING_MS, () => this.#expire());
    this.#changed(room);
  }

  /** Somebody's message came, or they left: they don't write any more. */
  stopped(room: RoomId, user: UserId): void {
    const users = this.#rooms.get(room);
    if (users?.delete(user) !== true) return;
    if (users.size === 0) this.#rooms.delete(room);
    this.#changed(room);
  }

  close(): void {
    this.#timer?.();
    this.#timer = undefined;
  }

  #expire(): void {
    this.#timer = undefined;
    const now = this.#clock.monotonic();
    let next = Number.POSITIVE_INFINITY;
    for (const [room, users] of [...this.#rooms]) {
      for (const [user, until] of [...users]) {
        if (until > now) next = Math.min(next, until);
        else this.stopped(room, user);
      }
    }
    if (next < Number.POSITIVE_INFINITY) this.#timer = this.#clock.after(next - now, () => this.#expire());
  }
}
