import type { Page } from '@maru/protocol';
import type { Device } from '../device.ts';
import { previousVisible } from '../room/visible.ts';
import { extendRun } from '../sync/extend-run.ts';
import type { HistoryQuery } from '../sync/gap-filler.ts';
import { amendPage, withPage } from '../sync/room-feed.ts';

/** Reads history for another tab: what joins the run is stored, so that no tab has to ask for it again (`[STORE4]`). */
export async function historyForAll(device: Device, query: HistoryQuery): Promise<Page> {
  const room = device.rooms.get(query.room);
  if (room === undefined) return device.session.history(query);
  const from = room.record.stored?.from;
  return withPage(room, async () => {
    const page = await device.session.history(query);
    const events = amendPage(room, page.events);
    const joins = from !== undefined && query.from === previousVisible(room.record.visible, from);
    if (joins && query.direction === 'older') extendRun(room, events, from, device.journal);
    return { ...page, events };
  });
}
