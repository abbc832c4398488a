import type { Directory } from './directory.ts';
import type { InboxStore } from './inbox-store.ts';
import type { Log } from './log.ts';
import type { Reports } from './reports.ts';
import type { RoomStore } from './room-store.ts';
import type { Schedules } from './schedules.ts';
import type { SettingStore } from './setting-store.ts';

/** All store ports of one engine: what one sees, the others see. Closing drains what was begun. */
export interface Engine extends AsyncDisposable {
  /**
   * Resolves with the reason if the engine finds by itself, with no write under way, that it can no longer say what is
   * stored: then the process must stop (`[DUR4]`). Mostly it never does.
   */
  readonly broken: Promise<unknown>;
  readonly log: Log;
  readonly rooms: RoomStore;
  readonly inboxes: InboxStore;
  readonly settings: SettingStore;
  readonly directory: Directory;
  readonly reports: Reports;
  readonly schedules: Schedules;
}
