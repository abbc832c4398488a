import { type DeviceId, messagesHiddenBy, type RoomId, type SettingName, type UserId } from '@maru/protocol';
import type { EventEntry, LogEntry, RoomLogEntry, SettingEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { ExpiringMessage } from '../../ports/room-store.ts';
import { MemoryRoom, type TimedCommand } from './memory-room.ts';

/** What follows from the log: rooms, and who is or was in which. */
export class MemoryState {
  readonly rooms = new Map<RoomId, MemoryRoom>();
  readonly roomsOf = new Map<UserId, Set<RoomId>>();
  readonly settings = new Map<UserId, Map<SettingName, SettingEntry>>();
  /** Messages that will expire and still say something, by room and number. */
  readonly expiring = new Map<string, ExpiringMessage>();
  /** Entries that make no event, by position; events stand in their rooms, erased where they were deleted. */
  readonly #places: (LogEntry | { readonly room: MemoryRoom; readonly seq: number })[] = [];

  get head(): Position {
    return this.#places.length as Position;
  }

  /** The entry at a position, as it is now: without its content once that was erased. */
  entry(position: number): LogEntry | undefined {
    const place = this.#places[position - 1];
    return place !== undefined && 'seq' in place ? place.room.event(place.seq) : place;
  }

  apply(entry: LogEntry): void {
    if (entry.position !== this.#places.length + 1) {
      throw new Error(`position ${entry.position} after ${this.#places.length}`);
    }
    if (entry.type === 'setting') this.#set(entry);
    else this.#applyToRoom(entry);
  }

  #applyToRoom(entry: RoomLogEntry): void {
    const room = this.#room(entry.room);
    switch (entry.type) {
      case 'event': {
        const { event, position } = entry;
        room.apply(entry);
        room.time = Math.max(room.time, event.at);
        this.#noteExpiring(entry);
        for (const { user } of entry.members ?? []) this.#noteRoom(user, entry.room);
        if (event.device !== undefined && event.clientMessageId !== undefined) {
          const outcome = { kind: 'event', seq: event.seq, at: event.at } as const;
          noteCommand(room, event.device, { clientMessageId: event.clientMessageId, outcome, at: event.at });
        }
        this.#places[position - 1] = { room, seq: event.seq };
        return;
      }
      case 'refusal': {
        const { device, clientMessageId, code, at } = entry.refusal;
        room.time = Math.max(room.time, at);
        noteCommand(room, device, { clientMessageId, outcome: { kind: 'refusal', code }, at });
        break;
      }
      case 'reader': {
        const { user, device, clientMessageId, seq, at } = entry.reader;
        room.applyReader(entry);
        room.time = Math.max(room.time, at);
        this.#noteRoom(user, entry.room);
        if (device !== undefined && clientMessageId !== undefined) {
          const outcome = { kind: 'event', seq, at } as const;
          noteCommand(room, device, { clientMessageId, outcome, at });
        }
        break;
      }
      case 'marks':
        room.marks.set(entry.user, entry);
        break;
    }
    this.#places[entry.position - 1] = entry;
  }

  #set(entry: SettingEntry): void {
    const settings = this.settings.get(entry.user) ?? new Map<SettingName, SettingEntry>();
    this.settings.set(entry.user, settings);
    const former = settings.get(entry.name);
    if (former !== undefined) this.#places[former.position - 1] = { ...former, value: null };
    settings.set(entry.name, entry);
    this.#places[entry.position - 1] = entry;
  }

  #noteExpiring({ room, event }: EventEntry): void {
    const { kind, seq, sender, expiresAt } = event;
    if (kind === 'message' && expiresAt !== undefined) {
      this.expiring.set(`${room} ${seq}`, { room, seq, sender, expiresAt });
    }
    for (const hidden of messagesHiddenBy(event)) this.expiring.delete(`${room} ${hidden.seq}`);
  }

  #room(id: RoomId): MemoryRoom {
    let room = this.rooms.get(id);
    if (room === undefined) {
      room = new MemoryRoom();
      this.rooms.set(id, room);
    }
    return room;
  }

  #noteRoom(user: UserId, room: RoomId): void {
    const rooms = this.roomsOf.get(user);
    if (rooms === undefined) this.roomsOf.set(user, new Set([room]));
    else rooms.add(room);
  }
}

function noteCommand(room: MemoryRoom, device: DeviceId, command: TimedCommand): void {
  let sent = room.commands.get(device);
  if (sent === undefined) {
    sent = [];
    room.commands.set(device, sent);
  }
  let place = sent.length;
  while (place > 0 && (sent[place - 1]?.clientMessageId ?? '') > command.clientMessageId) place--;
  sent.splice(place, 0, command);
}
