import type { Event, RoomId, Seq, UserId } from '@maru/protocol';
import type { People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Room } from '../room/rooms.ts';
import type { Api } from '../wire/api.ts';

/** A member of a room, with the name where it is known. */
export interface Member {
  readonly user: UserId;
  readonly handle: string | undefined;
  readonly name: string | undefined;
  readonly status: string | undefined;
  /** By which event they came in; absent on who is not looked at as a member. */
  readonly joined?: Seq;
}

/** Who is in the rooms whose members somebody asked for; kept right by the rooms' events. Not stored. */
export class Members {
  readonly #api: Pick<Api, 'getMembers'>;
  readonly #people: People;
  readonly #changed: (room: RoomId) => void;
  readonly #rooms = new Map<RoomId, ReadonlyMap<UserId, Member>>();
  /** What came while a room's members were being read, which the answer may not know; for each read its own. */
  readonly #meanwhile = new Map<RoomId, Set<Event[]>>();

  constructor(api: Pick<Api, 'getMembers'>, people: People, changed: (room: RoomId) => void) {
    this.#api = api;
    this.#people = people;
    this.#changed = changed;
  }

  of(room: RoomId): ReadonlyMap<UserId, Member> | undefined {
    return this.#rooms.get(room);
  }

  /** Reads a room's members; from then on the room's events keep them. Rejects with `ApiError` or `NetworkError`. */
  async load(room: RoomId): Promise<void> {
    const meanwhile: Event[] = [];
    const reads = this.#meanwhile.get(room) ?? new Set();
    this.#meanwhile.set(room, reads.add(meanwhile));
    try {
      const { members } = await this.#api.getMembers({ params: { room } });
      this.#people.learn(members);
      let known: ReadonlyMap<UserId, Member> = new Map(
        members.map(({ user, joinedSeq }) => [user, { ...this.#member(user), joined: joinedSeq }]),
      );
      for (const event of meanwhile) known = this.#after(known, event) ?? known;
      this.#rooms.set(room, known);
      this.#changed(room);
    } finally {
      reads.delete(meanwhile);
      if (reads.size === 0) this.#meanwhile.delete(room);
    }
  }

  /** Knows what another one knew. */
  takeOver(former: Members): void {
    for (const [room, members] of former.#rooms) this.#rooms.set(room, members);
  }

  applied(room: Room, event: Event): void {
    const id = room.record.room;
    for (const meanwhile of this.#meanwhile.get(id) ?? []) meanwhile.push(event);
    const known = this.#rooms.get(id);
    const members = known && this.#after(known, event);
    if (members === undefined) return;
    this.#rooms.set(id, members);
    this.#changed(id);
  }

  /** These are known otherwise than before. */
  renamed(users: ReadonlySet<UserId>): void {
    for (const [room, known] of this.#rooms) {
      const here = [...users].filter((user) => known.has(user));
      if (here.length === 0) continue;
      const members = [...known].map(
        ([user, member]) => [user, { ...member, ...this.#member(user) }] as const,
      );
      this.#rooms.set(room, new Map(members));
      this.#changed(room);
    }
  }

  /** The run began anew, or the room is gone: what changed who is in it may have been passed over. */
  forget(room: RoomId): void {
    if (this.#rooms.delete(room)) this.#changed(room);
  }

  /** Who is in a room after an event of it; `undefined`: the same as before. Done twice it is as done once. */
  #after(
    known: ReadonlyMap<UserId, Member>,
    { change, sender, seq }: Event,
  ): ReadonlyMap<UserId, Member> | undefined {
    const members = new Map(known);
    if (change?.type === 'joined') {
      for (const user of change.users) members.set(user, { ...this.#member(user), joined: seq });
    } else if (change?.type === 'left') members.delete(sender);
    else if (change?.type === 'removed') members.delete(change.user);
    else return undefined;
    return members;
  }

  #member(user: UserId): Member {
    const person: Person | undefined = this.#people.get(user);
    const { handle, name, status } = person ?? {};
    return { user, handle, name, status };
  }
}
