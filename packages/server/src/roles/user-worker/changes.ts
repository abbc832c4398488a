import { type BeatAnswer, type DeviceId, limits, type RoomId, type Seq } from '@maru/protocol';
import type { Position } from '../../ports/position.ts';
import type { Inbox } from './inbox.ts';
import { isHidden } from './seen-by.ts';

/** What a beat tells of the rooms that changed behind a device's place (`[SYNC5]`). */
export function changesBehind(
  inbox: Inbox,
  from: Position,
  device: DeviceId,
): Pick<BeatAnswer, 'changed' | 'sync'> {
  const changed: [RoomId, Seq][] = [];
  for (const { changedAt } of inbox.departed?.values() ?? []) {
    if (changedAt > from) return { changed: [], sync: true };
  }
  for (const place of inbox.places.values()) {
    if (isHidden(place)) continue;
    const { in: shared, memberAt, markedAt, markedBy } = place;
    // A device knows the marks that it set itself; of any other change than a head's it hears by syncing.
    if (memberAt > from || shared.relatedAt > from || (markedAt > from && markedBy !== device)) {
      return { changed: [], sync: true };
    }
    if (shared.position <= from) continue;
    if (changed.length === limits.BEAT_ROOMS_MAX) return { changed: [], sync: true };
    changed.push([shared.room, shared.seq]);
  }
  return { changed, sync: false };
}
