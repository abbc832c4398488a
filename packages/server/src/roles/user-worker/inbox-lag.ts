import { type DeviceId, limits } from '@maru/protocol';
import { visibleSpans } from '../../core/room/visible-spans.ts';
import type { DeviceLag, Inboxes, InboxLag } from '../../ports/inboxes.ts';
import type { Log } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { RoomStore } from '../../ports/room-store.ts';
import { decodeCursor } from './cursor.ts';
import type { Inbox, Place } from './inbox.ts';

export interface LagDeps {
  readonly log: Log;
  readonly rooms: RoomStore;
}

/**
 * What devices of a user lack (`[ADMIN7]`). Rooms are counted in memory; the events of each take some look-ups, so that
 * over all devices those of `LAG_ROOMS_COUNTED_MAX` rooms are counted, and of the others none.
 */
export async function inboxLag(
  { log, rooms }: LagDeps,
  inbox: Inbox,
  devices: Parameters<Inboxes['lag']>[1],
): Promise<InboxLag> {
  const places = new Map<DeviceId, Position | undefined>();
  for (const { device, cursor } of devices) {
    const said = cursor && decodeCursor(log.epoch, log.head, cursor);
    places.set(device, said?.snapshot === true ? undefined : said?.from);
  }
  // What a session has said is newer than what was stored.
  for (const { info, at } of inbox.sessions) if (at !== undefined) places.set(info.device, at);
  const newest = [...inbox.places.values()].toSorted((a, b) => b.position - a.position);
  const lags = new Map<DeviceId, DeviceLag>();
  let countable: number = limits.LAG_ROOMS_COUNTED_MAX;
  for (const [device, at] of places) {
    if (at === undefined) {
      lags.set(device, { at, rooms: 0, events: 0, atLeast: false });
      continue;
    }
    // Between devices others have their turn: an account may have many, and many rooms.
    await new Promise<void>((done) => setImmediate(done));
    const had = newest.findIndex((place) => place.position <= at);
    const changed = newest.slice(0, had === -1 ? newest.length : had);
    const counted = changed.slice(0, countable);
    countable -= counted.length;
    let events = 0;
    for (const place of counted) events += await eventsBehind(rooms, place, at);
    const left = [...(inbox.departed?.values() ?? [])].filter(({ changedAt }) => changedAt > at).length;
    lags.set(device, {
      at,
      rooms: changed.length + left,
      events,
      atLeast: counted.length < changed.length,
    });
  }
  return { head: inbox.position, rooms: inbox.places.size, devices: lags };
}

/** Events of a room behind a place in the log that the member may see. */
async function eventsBehind(rooms: RoomStore, place: Place, at: Position): Promise<number> {
  const { room, seq: head, position } = place.in;
  if (position <= at) return 0;
  const had = await rooms.seqAt(room, at);
  let events = 0;
  for (const [first, last] of visibleSpans(place.intervals)) {
    events += Math.max(0, Math.min(last ?? head, head) - Math.max(first - 1, had));
  }
  return events;
}
