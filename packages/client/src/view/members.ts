import type { Event, RoomId, UserId } from '@maru/protocol';
import type { Room } from '../room/rooms.ts';
import type { Api } from '../wire/api.ts';

/** A member of a room, with the name where it is known. */
export interface Member {
  readonly user: UserId;
  readonly handle: string | undefined;
  readonly name: string | undefined;
}

/** Who is in the rooms whose members somebody asked for; kept right by the rooms' events. Not stored. */
export class Members {
  readonly #api: Pick<Api, 'getMembers' | 'getUsers'>;
  readonly #changed: (room: RoomId) => void;
  readonly #rooms = new Map<RoomId, ReadonlyMap<UserId, Member>>();
  /** Everybody whose name came by. */
  readonly #people = new Map<UserId, Member>();
  /** Rises when a name comes by. */
  people = 0;

  constructor(api: Pick<Api, 'getMembers' | 'getUsers'>, changed: (room: RoomId) => void) {
    this.#api = api;
    this.#changed = changed;
  }

  of(room: RoomId): ReadonlyMap<UserId, Member> | undefined {
    return this.#rooms.get(room);
  }

  /** Somebody whose name came by. */
  person(user: UserId): Member | undefined {
    return this.#people.get(user);
  }

  /** Reads a room's members; from then on the room's events keep them. */
  async load(room: RoomId): Promise<void> {
    const { members } = await this.#api.getMembers({ params: { room } });
    const list = new Map<UserId, Member>();
    for (const { user, handle, name } of members) {
      const member = { user, handle, name };
      list.set(user, member);
      this.#people.set(user, member);
    }
    this.people++;
    this.#rooms.set(room, list);
    this.#changed(room);
  }

  /** Learns names. Unknown people are left out. */
  async lookUp(users: readonly UserId[]): Promise<void> {
    const unknown = users.filter((user) => !this.#people.has(user));
    for (let from = 0; from < unknown.length; from += USERS_AT_A_TIME) {
      const some = unknown.slice(from, from + USERS_AT_A_TIME);
      const answer = await this.#api.getUsers({ body: { users: some } });
      for (const { user, handle, name } of answer.users) this.#people.set(user, { user, handle, name });
      this.people++;
    }
  }

  applied(room: Room, { change, sender }: Event): void {
    const id = room.record.room;
    const known = this.#rooms.get(id);
    if (known === undefined || change === undefined) return;
    const members = new Map(known);
    if (change.type === 'joined') {
      for (const user of change.users) members.set(user, this.#people.get(user) ?? nameless(user));
    } else if (change.type === 'left') members.delete(sender);
    else if (change.type === 'removed') members.delete(change.user);
    else return;
    this.#rooms.set(id, members);
    this.#changed(id);
  }

  /** The run began anew, or the room is gone: what changed who is in it may have been passed over. */
  forget(room: RoomId): void {
    if (this.#rooms.delete(room)) this.#changed(room);
  }
}

/** As many as the API takes at once. */
const USERS_AT_A_TIME = 1_000;

function nameless(user: UserId): Member {
  return { user, handle: undefined, name: undefined };
}
