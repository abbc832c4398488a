/** Runs in a browser: how long a store takes, for the record in docs/adr. */
import type { Event, RoomId, Seq } from '@maru/protocol';
import { tipOf } from '../../room/room-record.ts';
import { recordOfEntry } from '../../room/with-entry.ts';
import { entry, ME, MY_DEVICE, message, messageId, roomNumber } from '../../testing/fixtures.ts';
import { openIndexedDbStore } from '../indexed-db-store.ts';

const ROOMS = 500;
const EVENTS = 100_000;
/** A fifth of all stands in one room. */
const BIG_ROOM = roomNumber(1);
const BIG_EVENTS = EVENTS / 5;
const WRITES = 200;

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

function quantiles(times: number[]): { p50: number; p95: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}

function said(seq: number): Event {
  return message(seq, {
    content: { type: 'text', text: `메시지 ${seq}: ${'hello there '.repeat(seq % 20)}` },
  });
}

async function fill(name: string): Promise<number> {
  const store = await openIndexedDbStore({ name });
  const took = await timed(async () => {
    await store.apply([{ kind: 'identity', identity: { user: ME, device: MY_DEVICE, token: undefined } }]);
    const each = (EVENTS - BIG_EVENTS) / (ROOMS - 1);
    for (let room = 1; room <= ROOMS; room++) {
      const count = Math.round(room === 1 ? BIG_EVENTS : each);
      const id = roomNumber(room);
      for (let from = 1; from <= count; from += 500) {
        const events = Array.from({ length: Math.min(500, count - from + 1) }, (_, i) => said(from + i));
        await store.apply([{ kind: 'events', room: id, events }]);
      }
      const last = said(count);
      const stored = { from: 1 as Seq, tip: tipOf(last) };
      await store.apply([
        { kind: 'room', record: { ...recordOfEntry(entry([last], { room: id })), stored, latest: last } },
      ]);
    }
  });
  await store.close();
  return took;
}

/** What a start asks of the store. */
async function reopen(name: string) {
  const began = performance.now();
  const store = await openIndexedDbStore({ name });
  const opened = performance.now() - began;
  const state = await store.load();
  await store.nextExpiry();
  const loaded = performance.now() - began;
  const events = await store.events(BIG_ROOM, BIG_EVENTS - 49, BIG_EVENTS);
  const shown = performance.now() - began;
  const older = await timed(() => store.events(BIG_ROOM, 9_951, 10_000));
  await store.close();
  return { opened, loaded, shown, older, rooms: state.rooms.length, events: events.length };
}

async function writes(name: string) {
  const store = await openIndexedDbStore({ name });
  const relaxed: number[] = [];
  const strict: number[] = [];
  const batch: number[] = [];
  for (let n = 1; n <= WRITES; n++) {
    const room: RoomId = BIG_ROOM;
    relaxed.push(await timed(() => store.apply([{ kind: 'events', room, events: [said(BIG_EVENTS + n)] }])));
    const clientMessageId = messageId(n);
    strict.push(await timed(() => store.apply([{ kind: 'last-id', room, clientMessageId }])));
  }
  for (let n = 0; n < 20; n++) {
    const events = Array.from({ length: 500 }, (_, i) => said(BIG_EVENTS + WRITES + n * 500 + i));
    batch.push(await timed(() => store.apply([{ kind: 'events', room: BIG_ROOM, events }])));
  }
  await store.close();
  return { relaxed: quantiles(relaxed), strict: quantiles(strict), of500: quantiles(batch) };
}

Object.assign(globalThis, { measure: { fill, reopen, writes } });
