import type { Event, RoomId } from '@maru/protocol';
import type { Device } from '../device.ts';
import type { Amendment } from '../room/amend.ts';
import type { RoomRecord } from '../room/room-record.ts';
import type { Room } from '../room/rooms.ts';
import type { StoreChange } from '../store/store.ts';
import { unreachable } from '../unreachable.ts';

/** Does to a device without the connection what the tab that has it has stored. */
export class Mirror {
  readonly #device: Device;
  /** The newest event of each room that was told of. */
  readonly #tips = new Map<RoomId, number>();

  constructor(device: Device) {
    this.#device = device;
    for (const { record } of device.rooms) this.#tips.set(record.room, record.stored?.tip.seq ?? 0);
  }

  apply(changes: readonly StoreChange[]): void {
    // A command that got another id is told of as one that is gone, and then as a new one: it must be met as one.
    for (const change of changes) if (change.kind === 'outbox') this.#device.outbox.mirror(change.item);
    for (const change of changes) if (change.kind !== 'outbox') this.#apply(change);
  }

  #apply(change: Exclude<StoreChange, { kind: 'outbox' }>): void {
    const { outbox, own, people, profile, scheduled, sync } = this.#device;
    switch (change.kind) {
      case 'room':
        this.#record(change.record);
        break;
      case 'forget-room':
        this.#forget(change.room);
        break;
      case 'events':
        this.#events(change.room, change.events);
        break;
      case 'amend':
        this.#amend(change.room, change.amendment);
        break;
      case 'keep':
        this.#restart(change.room);
        break;
      case 'outbox-done':
        outbox.mirrorDone(change.room, change.clientMessageId);
        break;
      case 'cursor':
        sync.mirror(change.cursor);
        break;
      case 'own':
        own.mirror(change.record);
        break;
      case 'person':
        people.mirror(change.person);
        break;
      case 'forget-people':
        people.forget(change.users);
        break;
      case 'profile-change':
        profile.mirror(change.change);
        break;
      case 'account-settings':
        profile.mirrorSettings(change.settings);
        break;
      case 'scheduled':
        scheduled.mirror(change.list);
        break;
      // What expires this tab sees by itself; whose the store is does not change; the tab that leads makes ids rise.
      case 'expire':
      case 'identity':
      case 'last-id':
        break;
      default:
        unreachable(change);
    }
  }

  #record(record: RoomRecord): void {
    const { rooms, journal } = this.#device;
    const room = rooms.get(record.room);
    if (room === undefined) rooms.add(record);
    else {
      room.record = record;
      room.announced = Math.max(room.announced, record.head.seq);
    }
    this.#tips.set(record.room, Math.max(this.#tips.get(record.room) ?? 0, record.stored?.tip.seq ?? 0));
    journal.touch(record.room);
    if (room !== undefined) rooms.touch(room);
  }

  #forget(id: RoomId): void {
    const { rooms } = this.#device;
    const room = rooms.get(id);
    this.#tips.delete(id);
    if (room === undefined) return;
    rooms.delete(room);
    this.#device.forgotten(room);
  }

  #restart(id: RoomId): void {
    const room = this.#device.rooms.get(id);
    this.#tips.delete(id);
    if (room !== undefined) this.#device.restarted(room);
  }

  /** Those that joined the run; older ones are read when somebody looks. */
  #events(id: RoomId, events: readonly Event[]): void {
    const room = this.#device.rooms.get(id);
    for (const event of events) {
      if (event.seq <= (this.#tips.get(id) ?? 0)) continue;
      this.#tips.set(id, event.seq);
      if (room !== undefined) this.#joined(room, event);
      const { device, clientMessageId, seq } = event;
      if (device === this.#device.me.device && clientMessageId !== undefined)
        this.#device.outbox.arrived(id, clientMessageId, seq);
    }
  }

  #joined(room: Room, event: Event): void {
    const { expiry, timelines, quotes, members, presence, typing } = this.#device;
    const { room: id } = room.record;
    expiry.note([event]);
    timelines.get(id)?.append(event);
    quotes.applied(room, event);
    for (const follower of [members, presence]) follower.applied(room, event);
    if (event.kind === 'message') typing.stopped(id, event.sender);
  }

  /** What is read while it comes may not have it. */
  #amend(id: RoomId, amendment: Amendment): void {
    const room = this.#device.rooms.get(id);
    if (room !== undefined && room.pagesUnderWay > 0) room.amendments.push(amendment);
  }
}
