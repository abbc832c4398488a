import { expiredBy } from '../room/amend.ts';
import type { ClientStore, StoreChange, StoredState } from './store.ts';

/**
 * What a store holds, after everything in it was erased whose time is over: a device that was off erases before anything
 * is shown (`[TIME5]`). The newest event says at least how late it is, whatever the clock says.
 *
 * @param now milliseconds since the epoch, by the device's clock
 */
export async function loadUnexpired(store: ClientStore, now: number): Promise<StoredState> {
  const state = await store.load();
  const through = state.rooms.reduce((latest, { head }) => Math.max(latest, head.at), now);
  const changes: StoreChange[] = [];
  const rooms = state.rooms.map((record) => {
    const latest = record.latest && expiredBy(record.latest, through);
    if (latest === record.latest) return record;
    const changed = { ...record, latest };
    changes.push({ kind: 'room', record: changed });
    return changed;
  });
  const next = await store.nextExpiry();
  if (next !== undefined && next <= through) changes.push({ kind: 'expire', through });
  if (changes.length > 0) await store.apply(changes);
  return { ...state, rooms };
}
