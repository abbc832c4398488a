import type { AnyContent, Content, Event, RoomId } from '@maru/protocol';

/**
 * The one place where what travels becomes what people read, and the other way round: before the store, the view and
 * whatever else looks inside. Text travels as it is; an encrypted kind will be opened and sealed here.
 */
export interface ContentCodec {
  /** A content as it came → as it is stored and shown. */
  open(room: RoomId, content: AnyContent): AnyContent;
  /** A content as it was written → as it is kept until it is sent, and sent. */
  seal(room: RoomId, content: Content): Content;
}

export const plainCodec: ContentCodec = {
  open: (_room, content) => content,
  seal: (_room, content) => content,
};

/** An event with its contents opened; the same object where that changes nothing. */
export function openEvent<E extends Pick<Event, 'content' | 'edited'>>(
  codec: ContentCodec,
  room: RoomId,
  event: E,
): E {
  const { content, edited } = event;
  const opened = content && codec.open(room, content);
  const openedEdit = edited?.content && codec.open(room, edited.content);
  if (opened === content && openedEdit === edited?.content) return event;
  return {
    ...event,
    ...(opened && { content: opened }),
    ...(openedEdit && { edited: { ...edited, content: openedEdit } }),
  };
}
