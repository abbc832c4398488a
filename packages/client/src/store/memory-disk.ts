import type {
  AccountSettings,
  ClientMessageId,
  Cursor,
  Event,
  RoomId,
  Seq,
  SettingName,
  UserId,
} from '@maru/protocol';
import { NOTHING_SCHEDULED, type ScheduledList } from '../later/scheduled-list.ts';
import { isEmptyRecord, type OwnRecord } from '../own/own-record.ts';
import type { AccountChange, Person } from '../people/person.ts';
import { type EventSlot, expiredBy, fold } from '../room/amend.ts';
import type { RoomRecord } from '../room/room-record.ts';
import { unreachable } from '../unreachable.ts';
import {
  commandKey,
  type Identity,
  type OutboxItem,
  type PeopleChange,
  type StoreChange,
  type StoredState,
} from './store.ts';

/** A room's events, with the edits found by what they edit. */
class StoredEvents implements EventSlot {
  readonly #events = new Map<Seq, Event>();
  readonly #edits = new Map<Seq, Set<Seq>>();

  get(seq: Seq): Event | undefined {
    return this.#events.get(seq);
  }

  edits(target: Seq): readonly Event[] {
    return [...(this.#edits.get(target) ?? [])].flatMap((seq) => this.#events.get(seq) ?? []);
  }

  put(event: Event): void {
    this.#events.set(event.seq, event);
    if (event.kind !== 'edit' || event.refersTo === undefined) return;
    const edits = this.#edits.get(event.refersTo);
    if (edits === undefined) this.#edits.set(event.refersTo, new Set([event.seq]));
    else edits.add(event.seq);
  }

  keep(from: number, to: number): void {
    for (const seq of this.#events.keys()) if (seq < from || seq > to) this.#events.delete(seq);
    for (const [target, edits] of this.#edits) {
      for (const seq of edits) if (!this.#events.has(seq)) edits.delete(seq);
      if (edits.size === 0) this.#edits.delete(target);
    }
  }

  expire(through: number): void {
    for (const [seq, event] of this.#events) {
      const left = expiredBy(event, through);
      if (left !== event) this.#events.set(seq, left);
    }
  }

  /** Of what still says something. */
  nextExpiry(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { expiresAt, content, edited } of this.#events.values()) {
      if (expiresAt !== undefined && (content ?? edited) !== undefined) next = Math.min(next, expiresAt);
    }
    return next;
  }

  range(from: number, to: number): Event[] {
    const found: Event[] = [];
    for (let seq = from; seq <= to; seq++) {
      const event = this.#events.get(seq as Seq);
      if (event !== undefined) found.push(event);
    }
    return found;
  }
}

/** What a memory store holds as if it were on a disk. */
export class MemoryDisk {
  #identity: Identity | undefined;
  #cursor: Cursor | undefined;
  readonly #rooms = new Map<RoomId, RoomRecord>();
  readonly #events = new Map<RoomId, StoredEvents>();
  readonly #outbox = new Map<string, OutboxItem>();
  readonly #lastIds = new Map<RoomId, ClientMessageId>();
  readonly #own = new Map<SettingName, OwnRecord>();
  readonly #people = new Map<UserId, Person>();
  #profileChange: AccountChange | undefined;
  #accountSettings: AccountSettings | undefined;
  #scheduled: ScheduledList = NOTHING_SCHEDULED;

  state(): StoredState {
    return {
      identity: this.#identity,
      cursor: this.#cursor,
      rooms: [...this.#rooms.values()],
      outbox: [...this.#outbox.values()].sort((a, b) => a.order - b.order),
      lastIds: new Map(this.#lastIds),
      own: [...this.#own.values()],
      people: [...this.#people.values()],
      profileChange: this.#profileChange,
      accountSettings: this.#accountSettings,
      scheduled: this.#scheduled,
    };
  }

  events(room: RoomId, from: number, to: number): Event[] {
    return this.#events.get(room)?.range(from, to) ?? [];
  }

  nextExpiry(): number | undefined {
    const next = Math.min(...Array.from(this.#events.values(), (events) => events.nextExpiry()));
    return next === Number.POSITIVE_INFINITY ? undefined : next;
  }

  change(change: StoreChange): void {
    switch (change.kind) {
      case 'identity':
        this.#identity = change.identity;
        break;
      case 'cursor':
        this.#cursor = change.cursor;
        break;
      case 'room':
        this.#rooms.set(change.record.room, change.record);
        break;
      case 'forget-room':
        this.#rooms.delete(change.room);
        this.#events.delete(change.room);
        break;
      case 'events':
        for (const event of change.events) this.#slot(change.room).put(event);
        break;
      case 'amend':
        fold(this.#slot(change.room), change.amendment);
        break;
      case 'expire':
        for (const events of this.#events.values()) events.expire(change.through);
        break;
      case 'keep':
        this.#slot(change.room).keep(change.from, change.to);
        break;
      case 'outbox':
        this.#outbox.set(
          commandKey(change.item.command.room, change.item.command.clientMessageId),
          change.item,
        );
        break;
      case 'outbox-done':
        this.#outbox.delete(commandKey(change.room, change.clientMessageId));
        break;
      case 'last-id':
        this.#lastIds.set(change.room, change.clientMessageId);
        break;
      case 'scheduled':
        this.#scheduled = change.list;
        break;
      case 'own':
        if (isEmptyRecord(change.record)) this.#own.delete(change.record.name);
        else this.#own.set(change.record.name, change.record);
        break;
      default:
        this.#changePeople(change);
    }
  }

  #changePeople(change: PeopleChange): void {
    switch (change.kind) {
      case 'person':
        this.#people.delete(change.person.user);
        this.#people.set(change.person.user, change.person);
        break;
      case 'forget-people':
        for (const user of change.users) this.#people.delete(user);
        break;
      case 'profile-change':
        this.#profileChange = change.change;
        break;
      case 'account-settings':
        this.#accountSettings = change.settings;
        break;
      default:
        unreachable(change);
    }
  }

  #slot(room: RoomId): StoredEvents {
    let events = this.#events.get(room);
    if (events === undefined) {
      events = new StoredEvents();
      this.#events.set(room, events);
    }
    return events;
  }
}
