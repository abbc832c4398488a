import type { Seq } from '@maru/protocol';
import type { IDBPObjectStore } from 'idb';
import type { RoomRecord } from '../room/room-record.ts';
import { eventKeys } from './change-writer.ts';
import type { Schema } from './indexed-db-schema.ts';
import { openDatabase } from './open-database.ts';
import { asStoreFailed } from './store-fault.ts';

/** Events that a room keeps: what one sees of it without scrolling far. */
const KEPT_EVENTS = 100;

/**
 * Drops older events of all rooms, which the server has and gives again when somebody looks: the way on where a store is
 * full. No client may have it open. What the user wrote stays.
 *
 * @returns how many events went
 * @throws StoreFailed
 */
export async function freeSpace(name: string): Promise<number> {
  const database = await openDatabase(name, { failed: () => undefined });
  try {
    const writing = database.transaction(['rooms', 'events'], 'readwrite', { durability: 'strict' });
    const [rooms, events] = [writing.objectStore('rooms'), writing.objectStore('events')];
    let dropped = 0;
    for (const record of await rooms.getAll()) {
      const from = await firstKept(events, record);
      if (record.stored === undefined || from === undefined || from <= record.stored.from) continue;
      const older = eventKeys(record.room, 0, from - 1);
      dropped += await events.count(older);
      await events.delete(older);
      await rooms.put({ ...record, stored: { ...record.stored, from } }, record.room);
    }
    await writing.done;
    return dropped;
  } catch (error) {
    throw asStoreFailed(error, 'lost');
  } finally {
    database.close();
  }
}

type Events = IDBPObjectStore<Schema, ('rooms' | 'events')[], 'events', 'readwrite'>;

async function firstKept(events: Events, { room }: RoomRecord): Promise<Seq | undefined> {
  const newest = await events.openKeyCursor(eventKeys(room), 'prev');
  const cursor = await newest?.advance(KEPT_EVENTS - 1);
  return cursor?.key[1] as Seq | undefined;
}
