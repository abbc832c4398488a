import type { Change, RoomId, Seq, UserId } from '@maru/protocol';
import type { EventEntry, LogEntry } from '../log-entry.ts';
import type { MemberChange } from '../room/event.ts';

/** Something in the stored data that can't be right. It quotes no content. */
export interface Finding {
  readonly what: 'position' | 'seq' | 'ordinal' | 'time' | 'membership' | 'marks' | 'erasure' | 'projection';
  readonly position?: number;
  readonly room?: RoomId;
  readonly detail: string;
}

/** A membership as the log's entries make it. */
export interface ReplayedInterval {
  readonly joined: Seq;
  readonly visibleFrom: Seq;
  left: Seq | undefined;
  how: 'left' | 'removed' | undefined;
}

interface RoomCheck {
  seq: number;
  ordinal: number;
  at: number;
  readonly memberships: Map<UserId, ReplayedInterval[]>;
}

/**
 * Walks a log and finds what breaks its rules: gaps and doubles in positions and numbers, ordinals that don't count,
 * time that goes back, memberships that don't follow. It never looks at content, so that a log is judged the same before
 * and after an erasure. What it holds grows with rooms and memberships, not with events.
 */
export class LogCheck {
  readonly findings: Finding[] = [];
  readonly #rooms = new Map<RoomId, RoomCheck>();
  #position: number;

  /** @param after the position before the first entry */
  constructor(after = 0) {
    this.#position = after;
  }

  /** Memberships by room and user, oldest first, as the entries so far make them. */
  *memberships(): Generator<[RoomId, UserId, readonly ReplayedInterval[]]> {
    for (const [room, { memberships }] of this.#rooms) {
      for (const [user, intervals] of memberships) yield [room, user, intervals];
    }
  }

  get rooms(): number {
    return this.#rooms.size;
  }

  add(entry: LogEntry): void {
    if (entry.position !== this.#position + 1) {
      this.#note('position', entry, `position ${entry.position} follows ${this.#position}`);
    }
    this.#position = entry.position;
    if (entry.type === 'event') this.#addEvent(entry);
    else if (!this.#rooms.has(entry.room))
      this.#note('seq', entry, `a ${entry.type} entry of a room without events`);
  }

  #addEvent(entry: EventEntry): void {
    const { event, room: id } = entry;
    let room = this.#rooms.get(id);
    if (room === undefined) {
      room = { seq: 0, ordinal: 0, at: event.at, memberships: new Map() };
      this.#rooms.set(id, room);
    }
    if (event.seq !== room.seq + 1) this.#note('seq', entry, `seq ${event.seq} follows ${room.seq}`);
    if ((event.seq === 1) !== (event.kind === 'created'))
      this.#note('seq', entry, `seq ${event.seq} is ${event.kind}`);
    const ordinal = room.ordinal + (event.counts ? 1 : 0);
    if (event.ordinal !== ordinal)
      this.#note('ordinal', entry, `ordinal ${event.ordinal} instead of ${ordinal}`);
    if (event.at < room.at) this.#note('time', entry, `${event.at} follows ${room.at}`);
    room.seq = event.seq;
    room.ordinal = event.ordinal;
    room.at = Math.max(room.at, event.at);
    const changes = entry.members ?? [];
    const expected = membersChanged(event.change);
    if (changes.length !== expected) {
      this.#note('membership', entry, `${changes.length} changes of membership instead of ${expected}`);
    }
    for (const change of changes) this.#changeMembership(entry, room, change);
  }

  #changeMembership(entry: EventEntry, { memberships }: RoomCheck, change: MemberChange): void {
    const { user } = change;
    const intervals = memberships.get(user) ?? [];
    const last = intervals.at(-1);
    const isMember = last !== undefined && last.left === undefined;
    if (change.type === 'opened') {
      if (isMember) this.#note('membership', entry, `${user} joins and is a member`);
      if (change.joined !== entry.event.seq)
        this.#note('membership', entry, `${user} joins at ${change.joined}`);
      const { joined, visibleFrom } = change;
      memberships.set(user, [...intervals, { joined, visibleFrom, left: undefined, how: undefined }]);
      return;
    }
    if (change.left !== entry.event.seq) this.#note('membership', entry, `${user} leaves at ${change.left}`);
    if (!isMember) {
      this.#note('membership', entry, `${user} leaves and is no member`);
      return;
    }
    last.left = change.left;
    last.how = change.how;
  }

  #note(what: Finding['what'], { position, room }: LogEntry, detail: string): void {
    this.findings.push({ what, position, room, detail });
  }
}

/** Whose membership a change moves: how many people. */
function membersChanged(change: Change | undefined): number {
  switch (change?.type) {
    case 'created':
      return change.members.length;
    case 'joined':
      return change.users.length;
    case 'left':
    case 'removed':
      return 1;
    default:
      return 0;
  }
}
