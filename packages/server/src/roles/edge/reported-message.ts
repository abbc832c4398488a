import { limits, type RoomId, type Seq, takeCodePoints, textContent, type UserId } from '@maru/protocol';
import * as z from 'zod';
import type { StoredEvent } from '../../ports/room-store.ts';
import type { Rooms } from '../../ports/rooms.ts';

/** A message, or a request with its note, that somebody sees in a room, as they see it. */
export interface ReportedMessage {
  readonly sender: UserId;
  /** Its text, as far as it is kept with a report; absent where it has none that the server can read. */
  text(): Promise<string | undefined>;
}

const longContent = z.object({ long: z.object({}) });

/** A message in the eyes of `reader`; `undefined` where they see none under this number (`[PRIV1]`). */
export async function reportedMessage(
  rooms: Rooms,
  reader: UserId,
  room: RoomId,
  seq: Seq,
): Promise<ReportedMessage | undefined> {
  const page = await rooms.page(room, reader, { from: seq, direction: 'older', limit: 1 });
  const event = page?.events.find((one) => one.seq === seq && (one.kind === 'message' || isRequest(one)));
  return event && { sender: event.sender, text: () => textOf(rooms, reader, room, event) };
}

function isRequest({ change }: StoredEvent): boolean {
  return (change?.type === 'related' || change?.type === 'created') && change.act === 'request';
}

async function textOf(rooms: Rooms, reader: UserId, room: RoomId, event: StoredEvent) {
  const { content, seq } = event.edited?.content === undefined ? event : { ...event.edited };
  if (content === undefined) return undefined;
  const shown: unknown = JSON.parse(content);
  const isLong = longContent.safeParse(shown).success;
  const whole = isLong ? await rooms.body(room, reader, seq) : content;
  const text = textContent.safeParse(JSON.parse(whole ?? content)).data?.text;
  return text && takeCodePoints(text, limits.REPORT_TEXT_CHARS_MAX);
}
