import type { Content, Event, RoomId } from '@maru/protocol';

/**
 * The one place where what travels becomes what people read, and the other way round: before the store, the view and
 * whatever else looks inside. Text travels as it is; an encrypted kind will be opened and sealed here.
 */
export interface ContentCodec {
  /** An event as it came → as it is stored and shown. */
  open(room: RoomId, event: Event): Event;
  /** A content as it was written → as it is sent. */
  seal(room: RoomId, content: Content): Content;
}

export const plainCodec: ContentCodec = {
  open: (_room, event) => event,
  seal: (_room, content) => content,
};
