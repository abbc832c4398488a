import type { EncodedEntry } from '../../ports/inboxes.ts';

/** JSON text of a `RoomEntry`, around events that are encoded already. */
export function encodeEntry({ entry, events }: EncodedEntry): string {
  return `${JSON.stringify(entry).slice(0, -1)},"events":[${events.join(',')}]}`;
}

/** The frame that brings an entry live. */
export function roomFrame(entry: string): string {
  return `{"kind":"room","entry":${entry}}`;
}
