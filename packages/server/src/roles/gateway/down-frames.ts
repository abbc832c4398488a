/** Frames for clients, built around what is JSON already. Ids and numbers hold nothing that JSON escapes. */
import type { BeatAnswer, ClientMessageId, ErrorBody, RoomId, Seq } from '@maru/protocol';
import type { RoomPresence, SyncAnswer } from '../../ports/inboxes.ts';
import type { RoomPage } from '../../ports/rooms.ts';
import { encodeSync } from '../edge/encode-sync.ts';
import { encodeEvent } from '../room-worker/encode-event.ts';

/** What a client knows its question by. */
export type FrameName =
  | { readonly room: RoomId; readonly clientMessageId: ClientMessageId }
  | { readonly id: number };

export function acceptedFrame(room: RoomId, clientMessageId: ClientMessageId, seq: Seq, at: number): string {
  return `{"kind":"accepted","room":"${room}","clientMessageId":"${clientMessageId}","seq":${seq},"at":${at}}`;
}

/** A refusal under the name of what was refused: `refused` for a command, `error` for all else. */
export function refusalFrame(error: ErrorBody, name?: FrameName): string {
  if (name === undefined) return JSON.stringify({ kind: 'error', ...error });
  if ('id' in name) return JSON.stringify({ kind: 'error', id: name.id, ...error });
  const { room, clientMessageId } = name;
  return JSON.stringify({ kind: 'refused', room, clientMessageId, ...error });
}

export function syncedFrame(id: number, answer: SyncAnswer): string {
  return `{"kind":"synced","id":${id},${encodeSync(answer).slice(1)}`;
}

export function pageFrame(id: number, room: RoomId, { events, visible, head }: RoomPage): string {
  const encoded = events.map(encodeEvent).join(',');
  return `{"kind":"page","id":${id},"room":"${room}","events":[${encoded}],"visible":${JSON.stringify(visible)},"head":${head}}`;
}

export function beatFrame({ cursor, changed, sync }: Omit<BeatAnswer, 'kind'>): string {
  const rooms = changed.length === 0 ? '[]' : JSON.stringify(changed);
  return `{"kind":"beat","cursor":"${cursor}","changed":${rooms},"sync":${sync}}`;
}

export function seenFrame(id: number, rooms: readonly RoomPresence[]): string {
  return JSON.stringify({ kind: 'seen', id, rooms });
}
