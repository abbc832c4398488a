import { limits, type UserId } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { Delivery } from '../../ports/delivery.ts';
import type { UserRecord } from '../../ports/directory.ts';
import { profileOf } from '../edge/profile-of.ts';
import { type Inbox, isSmall } from './inbox.ts';
import type { InboxMemory } from './inbox-memory.ts';
import { SoftTimer } from './soft-timer.ts';

/** Changes are told this much later, together. */
const PROFILE_PUSH_MS = 250;
/** So long after one change was told the next of the same person waits: who renames in a loop costs no more than that. */
const PROFILE_REST_MS = 5_000;
/** Changes told in one go; the others wait for the next. */
const PROFILES_PER_PUSH_MAX = 50;
/** People who are told of one change. The others learn it when they look. */
const PROFILE_TOLD_USERS_MAX = 2_000;

export interface ProfileBoardDeps {
  readonly memory: Pick<InboxMemory, 'need'>;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly isStrained: () => boolean;
  readonly onFault: (error: unknown) => void;
}

/** Tells those who share a room with somebody, and their own other devices, of a changed profile (`[PEOPLE2]`). Soft. */
export class ProfileBoard {
  readonly #deps: ProfileBoardDeps;
  readonly #timer: SoftTimer;
  /** The newest of each that is still to be told. */
  readonly #due = new Map<UserId, UserRecord>();
  /** When somebody's was told, by the monotonic clock, as long as the next has to wait. */
  readonly #told = new Map<UserId, number>();

  constructor(deps: ProfileBoardDeps) {
    this.#deps = deps;
    this.#timer = new SoftTimer(deps.clock, PROFILE_PUSH_MS, deps.isStrained, () => this.#push());
  }

  changed(record: UserRecord): void {
    const waiting = this.#due.get(record.user);
    // Of two answers of the storage the older one may come later.
    if (waiting !== undefined && waiting.profileAt >= record.profileAt) return;
    this.#due.set(record.user, record);
    this.#timer.start();
  }

  close(): void {
    this.#timer.stop();
  }

  #push(): void {
    const now = this.#deps.clock.monotonic();
    for (const [user, at] of this.#told) if (now - at >= PROFILE_REST_MS) this.#told.delete(user);
    let left = PROFILES_PER_PUSH_MAX;
    for (const [user, record] of this.#due) {
      if (left === 0) break;
      if (this.#told.has(user)) continue;
      left--;
      this.#due.delete(user);
      this.#told.set(user, now);
      this.#tell(record).catch(this.#deps.onFault);
    }
    if (this.#due.size > 0) this.#timer.start();
  }

  async #tell(record: UserRecord): Promise<void> {
    const { memory, delivery } = this.#deps;
    const frame = JSON.stringify({ kind: 'profile', ...profileOf(record) });
    delivery.toUsers(whoHears(await memory.need(record.user)), frame);
  }
}

/** The user, and those with a session in rooms that are not too big; across a block nobody (`[REL6]`, `[REL8]`). */
function whoHears(inbox: Inbox): Set<UserId> {
  const hear = new Set<UserId>([inbox.user]);
  for (const { in: room } of inbox.places.values()) {
    if (!isSmall(room, limits.PROFILE_LIVE_MEMBERS_MAX)) continue;
    for (const other of room.people) {
      const { user, sessions } = other.inbox;
      if (sessions.length > 0 && inbox.severed?.has(user) !== true) hear.add(user);
      if (hear.size === PROFILE_TOLD_USERS_MAX) return hear;
    }
  }
  return hear;
}
