import type { RoomEntry, Seq } from '@maru/protocol';
import type { Room } from '../room/rooms.ts';
import { baseAllRead, baseFromServer } from '../room/unread-base.ts';
import { mentionsAbove, type Named, NO_MENTIONS } from '../room/unread-mentions.ts';
import type { Marks } from './marks.ts';
import { type ReadStored, recount } from './recount.ts';

export interface UnreadDeps {
  readonly named: Named;
  readonly marks: Marks;
  readonly read: ReadStored;
  /** Whether the user deleted a message for themselves. */
  readonly hides: (room: Room, seq: number) => boolean;
  /** Asks the server for the room, whose count includes every mark that it has confirmed. */
  readonly entry: (room: Room) => Promise<RoomEntry>;
  readonly enter: (entry: RoomEntry) => void;
  readonly changed: (room: Room) => void;
}

/** Moves the user's marks and keeps the unread counts that follow from them. */
export class UnreadKeeper {
  readonly #deps: UnreadDeps;
  /** Rooms whose count the device can't tell from its own events. */
  readonly #unsure = new Set<Room>();
  /** Rooms that are being asked for, and whether once more. */
  readonly #asked = new Map<Room, boolean>();
  /** Rooms that could not be asked for. */
  readonly #unasked = new Set<Room>();

  constructor(deps: UnreadDeps) {
    this.#deps = deps;
  }

  /** The user has read up to here; without a number, everything that is here (`[UNREAD4]`). */
  markRead(room: Room, upTo?: Seq): void {
    const { marks, stored } = room.record;
    const tip = stored?.tip.seq ?? 0;
    const read = Math.max(marks.read, Math.min(upTo ?? tip, tip));
    if (read === 0 || (read === marks.read && !marks.unread)) return;
    room.record = { ...room.record, marks: { ...marks, read, unread: false } };
    this.#deps.marks.set(room, { read: read as Seq, unread: false });
    this.recount(room);
  }

  /** The user's flag: moves no mark. */
  markUnread(room: Room): void {
    const { marks } = room.record;
    if (marks.unread) return;
    room.record = { ...room.record, marks: { ...marks, unread: true } };
    this.#deps.marks.set(room, { unread: true });
    this.#deps.changed(room);
  }

  /** Another device of the user moved the marks (`[UNREAD5]`). */
  movedElsewhere(room: Room, moved: { read: number; unread: boolean; unreadCount: number }): void {
    const { marks, head, pendingMark } = room.record;
    const read = Math.max(marks.read, moved.read);
    const unread = pendingMark === undefined ? moved.unread : marks.unread;
    const base = read > moved.read ? room.record.unread : baseFromServer(head.ordinal, moved.unreadCount);
    room.record = { ...room.record, marks: { ...marks, read, unread }, unread: base };
    this.recount(room);
  }

  /** Counts anew behind the mark. */
  recount(room: Room): void {
    const { head, marks, mentions = NO_MENTIONS } = room.record;
    room.record = { ...room.record, mentions: mentionsAbove(mentions, marks.read) };
    if (marks.read >= head.seq) room.record = { ...room.record, unread: baseAllRead(head.ordinal) };
    else void this.#recountStored(room);
    this.#deps.changed(room);
  }

  /** What counts for the user changed: what they deleted for themselves, whom they block; `isKept`: and the server knows. */
  countAnew(room: Room, isKept: boolean): void {
    if (room.record.marks.read < room.record.head.seq) void this.#recountStored(room, isKept);
  }

  /** The server has the room's marks. */
  confirmed(room: Room): void {
    if (this.#unsure.delete(room)) this.refresh(room);
  }

  /** The server can be asked again. */
  online(): void {
    const rooms = [...this.#unasked];
    this.#unasked.clear();
    for (const room of rooms) this.refresh(room);
  }

  /** Asks the server for the room, now or when it can be asked. */
  refresh(room: Room): void {
    const again = this.#asked.has(room);
    this.#asked.set(room, again);
    if (!again) void this.#askNow(room);
  }

  async #askNow(room: Room): Promise<void> {
    const { entry, enter } = this.#deps;
    try {
      enter(await entry(room));
    } catch {
      this.#unasked.add(room);
    }
    // What changed meanwhile the answer may not know.
    const again = this.#asked.get(room);
    this.#asked.delete(room);
    if (again === true) this.refresh(room);
  }

  /** @param asks whether the server can say what the device can't */
  async #recountStored(room: Room, asks = false): Promise<void> {
    const { named, hides, read, changed } = this.#deps;
    const reader = { ...named, hides: (seq: number) => hides(room, seq) };
    let counted: boolean;
    try {
      counted = await recount(room, reader, read);
    } catch {
      // The store failed, which is told of elsewhere.
      return;
    }
    if (counted) changed(room);
    else if (room.record.pendingMark !== undefined) this.#unsure.add(room);
    else if (asks) this.refresh(room);
  }
}
