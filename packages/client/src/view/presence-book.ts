import type { DownFrame, Event, RoomId, UserId, UserPresence } from '@maru/protocol';
import type { Room } from '../room/rooms.ts';

export type Seen = Extract<DownFrame, { kind: 'seen' }>;
type SeenRoom = Seen['rooms'][number];

/** Who is in a room now. `live`: changes follow by themselves. */
export interface RoomPresence {
  readonly present: number;
  readonly users: readonly UserPresence[];
  readonly live: boolean;
}

/** Who is there, in the rooms that are looked at (`[SOFT5]`). Soft: nothing of it is stored. */
export class PresenceBook {
  readonly #users = new Map<UserId, UserPresence>();
  readonly #rooms = new Map<RoomId, SeenRoom>();
  readonly #changed: (room: RoomId) => void;
  #looking: readonly RoomId[] = [];

  constructor(changed: (room: RoomId) => void) {
    this.#changed = changed;
  }

  /** The rooms on the screen. */
  get looking(): readonly RoomId[] {
    return this.#looking;
  }

  /** Says which rooms are looked at; what was known of others is forgotten. */
  look(rooms: readonly RoomId[]): void {
    this.#looking = [...rooms];
    for (const room of [...this.#rooms.keys()]) {
      if (rooms.includes(room)) continue;
      this.#rooms.delete(room);
      this.#changed(room);
    }
    if (rooms.length === 0) this.#users.clear();
  }

  /** Nothing is heard of anybody any more: who was there may have gone since. */
  forget(): void {
    const rooms = [...this.#rooms.keys()];
    this.#users.clear();
    this.#rooms.clear();
    for (const room of rooms) this.#changed(room);
  }

  /** The answer to a look, which is for all rooms on the screen: who is not named in it is offline. */
  seen({ rooms }: Seen): void {
    this.#users.clear();
    for (const seen of rooms) {
      if (!this.#looking.includes(seen.room)) continue;
      this.#rooms.set(seen.room, seen);
      for (const user of seen.users) this.#users.set(user.user, user);
      this.#changed(seen.room);
    }
  }

  /** Changes that follow live. */
  changed(users: readonly UserPresence[]): void {
    for (const presence of users) this.#users.set(presence.user, presence);
    for (const room of this.#rooms.keys()) this.#changed(room);
  }

  /** Who went out of a room is not there any more, though the look that is shown was before that. */
  applied({ record: { room } }: Room, { change, sender }: Event): void {
    const seen = this.#rooms.get(room);
    const gone = change?.type === 'removed' ? change.user : change?.type === 'left' ? sender : undefined;
    const then = gone === undefined ? undefined : seen?.users.find(({ user }) => user === gone);
    if (seen === undefined || then === undefined) return;
    const users = seen.users.filter(({ user }) => user !== gone);
    this.#rooms.set(room, { ...seen, users, present: seen.present - (isThere(then) ? 1 : 0) });
    this.#changed(room);
  }

  /** Somebody's presence, where it is known. */
  of(user: UserId): UserPresence | undefined {
    return this.#users.get(user);
  }

  /**
   * Who is in a room that is looked at: what the look gave, as it is by now. Live changes name no room, so those who
   * came since are found among its members, where these are known.
   */
  in(room: RoomId, members: { has(user: UserId): boolean } | undefined): RoomPresence | undefined {
    const seen = this.#rooms.get(room);
    if (seen === undefined) return undefined;
    const users = new Map(seen.users.map((then) => [then.user, this.#users.get(then.user) ?? then]));
    for (const [user, presence] of this.#users) if (members?.has(user) === true) users.set(user, presence);
    const all = [...users.values()];
    const present = seen.present - seen.users.filter(isThere).length + all.filter(isThere).length;
    return { present, users: all, live: seen.live };
  }
}

function isThere({ state }: UserPresence): boolean {
  return state !== 'offline';
}
