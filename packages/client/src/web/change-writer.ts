import type { Event, RoomId, Seq } from '@maru/protocol';
import { NOTHING_SCHEDULED } from '../later/scheduled-list.ts';
import { isEmptyRecord } from '../own/own-record.ts';
import { type Amendment, type EventSlot, expiredBy, fold } from '../room/amend.ts';
import type { StoreChange } from '../store/store.ts';
import { unreachable } from '../unreachable.ts';
import type { EventRow, Writing } from './indexed-db-schema.ts';

/** Begins the keys of the user's own settings, beside those of what a device has one of. */
export const OWN = 'own:';

/** All numbers that an event may have. */
export function eventKeys(room: RoomId, from = 0, to = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([room, from], [room, to]);
}

/** Carries changes out in one transaction, in their order; waits only for what it has to read. */
export class ChangeWriter {
  readonly #writing: Writing;
  readonly #nextPlace: () => number;

  /** @param nextPlace a number above all that people have */
  constructor(writing: Writing, nextPlace: () => number) {
    this.#writing = writing;
    this.#nextPlace = nextPlace;
  }

  async change(change: StoreChange): Promise<void> {
    switch (change.kind) {
      case 'room':
        written(this.#store('rooms').put(change.record, change.record.room));
        break;
      case 'forget-room':
        written(this.#store('rooms').delete(change.room));
        written(this.#store('events').delete(eventKeys(change.room)));
        break;
      case 'events':
        for (const event of change.events) this.#put(change.room, event);
        break;
      case 'amend':
        await this.#amend(change.room, change.amendment);
        break;
      case 'expire':
        await this.#expire(change.through);
        break;
      case 'keep':
        if (change.from > 0)
          written(this.#store('events').delete(eventKeys(change.room, 0, change.from - 1)));
        written(this.#store('events').delete(eventKeys(change.room, change.to + 1)));
        break;
      case 'outbox': {
        const { room, clientMessageId } = change.item.command;
        written(this.#store('outbox').put(change.item, [room, clientMessageId]));
        break;
      }
      case 'outbox-done':
        written(this.#store('outbox').delete([change.room, change.clientMessageId]));
        break;
      case 'last-id':
        written(this.#store('lastIds').put(change.clientMessageId, change.room));
        break;
      case 'person': {
        const { person } = change;
        written(this.#store('people').put({ place: this.#nextPlace(), person }, person.user));
        break;
      }
      case 'forget-people':
        for (const user of change.users) written(this.#store('people').delete(user));
        break;
      default:
        this.#keep(change);
    }
  }

  /** What a device has one of. */
  #keep(change: Exclude<StoreChange, { kind: EventKind }>): void {
    switch (change.kind) {
      case 'identity':
        this.#set('identity', change.identity);
        break;
      case 'cursor':
        this.#set('cursor', change.cursor);
        break;
      case 'profile-change':
        this.#set('profile-change', change.change);
        break;
      case 'account-settings':
        this.#set('account-settings', change.settings);
        break;
      case 'scheduled':
        this.#set('scheduled', change.list === NOTHING_SCHEDULED ? undefined : change.list);
        break;
      case 'own': {
        const { record } = change;
        this.#set(`${OWN}${record.name}`, isEmptyRecord(record) ? undefined : record);
        break;
      }
      default:
        unreachable(change);
    }
  }

  #set(key: string, value: unknown): void {
    const device = this.#store('device');
    written(value === undefined ? device.delete(key) : device.put(value, key));
  }

  #put(room: RoomId, event: Event): void {
    const says = (event.content ?? event.edited) !== undefined;
    const row: EventRow = {
      event,
      ...(event.kind === 'edit' && event.refersTo !== undefined && { edits: [room, event.refersTo] }),
      ...(says && event.expiresAt !== undefined && { expires: event.expiresAt }),
    };
    written(this.#store('events').put(row, [room, event.seq]));
  }

  async #amend(room: RoomId, amendment: Amendment): Promise<void> {
    const { target } = amendment;
    const events = this.#store('events');
    const found = await events.get([room, target]);
    const edits =
      amendment.kind === 'erased' ? await events.index('edits').getAll(IDBKeyRange.only([room, target])) : [];
    const slot: EventSlot = {
      get: (seq: Seq) => (seq === target ? found?.event : undefined),
      edits: () => edits.map(({ event }) => event),
      put: (event: Event) => this.#put(room, event),
    };
    fold(slot, amendment);
  }

  async #expire(through: number): Promise<void> {
    const events = this.#store('events');
    const due = IDBKeyRange.upperBound(through);
    const [keys, rows] = await Promise.all([
      events.index('expires').getAllKeys(due),
      events.index('expires').getAll(due),
    ]);
    for (const [index, { event }] of rows.entries()) {
      const key = keys[index];
      if (key !== undefined) this.#put(key[0], expiredBy(event, through));
    }
  }

  #store<N extends 'device' | 'rooms' | 'events' | 'outbox' | 'lastIds' | 'people'>(name: N) {
    return this.#writing.objectStore(name);
  }
}

type EventKind =
  | 'room'
  | 'forget-room'
  | 'events'
  | 'amend'
  | 'expire'
  | 'keep'
  | 'outbox'
  | 'outbox-done'
  | 'last-id'
  | 'person'
  | 'forget-people';

/** Not waited for: a write that fails ends its transaction, which is waited for. */
function written(request: Promise<unknown>): void {
  request.catch(() => undefined);
}
