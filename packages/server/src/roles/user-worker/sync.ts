import { type Cursor, limits, type RoomId } from '@maru/protocol';
import type { EncodedEntry, SyncAnswer } from '../../ports/inboxes.ts';
import type { Log } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import { type Place as CursorPlace, decodeCursor, encodeCursor } from './cursor.ts';
import { type Inbox, type Membership, Place } from './inbox.ts';
import type { OwnSettings } from './own-settings.ts';
import type { RoomEntries } from './room-entry.ts';

/** Rooms read at once. */
const BATCH_ROOMS = 32;
const NOTHING = 0 as Position;

interface Departed {
  readonly room: RoomId;
  readonly membership: Membership;
  readonly position: Position;
}
type Changed = Place | Departed;

export interface SyncDeps {
  readonly entries: RoomEntries;
  readonly settings: OwnSettings;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * Everything that changed behind a cursor, the newest first (`[SYNC1]`). Over more rooms than one answer takes it goes
 * on by a cursor that holds the positions of the first page, `(from, target]`, and how far down it got; what changes
 * meanwhile moves above the target and comes in a last round from there (`[SYNC7]`).
 */
export async function syncInbox(
  { entries, settings, log, now }: SyncDeps,
  inbox: Inbox,
  cursor: Cursor | undefined,
  eventsPerRoom: number,
): Promise<SyncAnswer> {
  const start: CursorPlace = (cursor && decodeCursor(log.epoch, log.head, cursor)) ?? {
    from: NOTHING,
    snapshot: true,
  };
  const target = start.page?.target ?? inbox.position;
  const changed = changedRooms(inbox, start, target);
  const rooms = changed.slice(0, limits.SYNC_ROOMS_MAX);
  const below = changed.length > rooms.length ? rooms.at(-1)?.position : undefined;
  const answered = await readEntries(entries, rooms, start.from, eventsPerRoom, now());
  // With the first page of a round; last of all, so that nothing newer was pushed before it.
  const changes = start.page === undefined ? await settings.changes(inbox, start.from, target) : [];
  const own = start.snapshot && start.from === 0 ? changes.filter(({ value }) => value !== null) : changes;
  const answer = (place: CursorPlace, more: boolean): SyncAnswer => ({
    cursor: encodeCursor(log.epoch, place),
    snapshot: start.snapshot,
    rooms: answered,
    settings: own,
    more,
  });
  if (below !== undefined) {
    return answer({ from: start.from, snapshot: start.snapshot, page: { target, below } }, true);
  }
  const moved = start.page !== undefined && inbox.position > target;
  return answer({ from: target, snapshot: moved && start.snapshot }, moved);
}

function changedRooms(inbox: Inbox, { from, snapshot, page }: CursorPlace, target: Position): Changed[] {
  const below = page?.below ?? Number.POSITIVE_INFINITY;
  const isAsked = ({ position }: Changed) => position > from && position < below && position <= target;
  const changed: Changed[] = [...inbox.places.values()].filter(isAsked);
  // Who starts from nothing needs no word of what is gone.
  if (!snapshot || from > 0) {
    for (const [room, membership] of inbox.departed ?? []) {
      const departed: Departed = { room, membership, position: membership.changedAt };
      if (isAsked(departed)) changed.push(departed);
    }
  }
  return changed.sort((a, b) => b.position - a.position);
}

/** Reads the entries, events in the newest ones as long as there is room for them in the answer. */
async function readEntries(
  entries: RoomEntries,
  rooms: readonly Changed[],
  from: Position,
  eventsPerRoom: number,
  now: number,
): Promise<EncodedEntry[]> {
  const answer: EncodedEntry[] = [];
  let bytesLeft = limits.SYNC_EVENT_BYTES_MAX;
  for (let i = 0; i < rooms.length; i += BATCH_ROOMS) {
    const batch = rooms.slice(i, i + BATCH_ROOMS).map((room) => {
      if (!(room instanceof Place)) return entries.readDeparted(room.room, room.membership);
      const wanted = bytesLeft > 0 && room.in.position > from ? eventsPerRoom : 0;
      return entries.read(room, wanted, now);
    });
    for (const entry of await Promise.all(batch)) {
      if (entry === undefined) continue;
      const events = newestThatFit(entry.events, bytesLeft);
      bytesLeft -= events.length < entry.events.length ? bytesLeft : sizeOf(events);
      answer.push({ entry: entry.entry, events });
    }
  }
  return answer;
}

function newestThatFit(events: readonly string[], bytesMax: number): readonly string[] {
  let first = events.length;
  let bytes = 0;
  while (first > 0) {
    bytes += Buffer.byteLength(events[first - 1] ?? '');
    if (bytes > bytesMax) break;
    first--;
  }
  return first === 0 ? events : events.slice(first);
}

function sizeOf(events: readonly string[]): number {
  return events.reduce((bytes, event) => bytes + Buffer.byteLength(event), 0);
}
