import type { SyncAnswer } from '../../ports/inboxes.ts';
import { encodeEntry } from './encode-entry.ts';
import { encodeSettings } from './encode-settings.ts';

/** JSON text of a sync's answer, as it is over HTTP: around entries and settings that are encoded already. */
export function encodeSync({ cursor, snapshot, rooms, settings, more }: SyncAnswer): string {
  const own = settings.length === 0 ? '' : `,"settings":${encodeSettings(settings)}`;
  const head = JSON.stringify({ cursor, snapshot, more });
  return `${head.slice(0, -1)}${own},"rooms":[${rooms.map(encodeEntry).join(',')}]}`;
}
