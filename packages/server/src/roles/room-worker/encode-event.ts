import type { StoredEvent } from '../../ports/room-store.ts';

/**
 * An event's JSON as the protocol's `Event` has it. Written by hand around the content, which is JSON already, so that
 * a message is encoded once and its content never. Ids hold no character that JSON escapes.
 */
export function encodeEvent(event: StoredEvent): string {
  let json = `{"seq":${event.seq},"at":${event.at},"kind":"${event.kind}","sender":"${event.sender}"`;
  if (event.device !== undefined) json += `,"device":"${event.device}"`;
  if (event.clientMessageId !== undefined) json += `,"clientMessageId":"${event.clientMessageId}"`;
  json += `,"counts":${event.counts},"ordinal":${event.ordinal}`;
  if (event.refersTo !== undefined) json += `,"refersTo":${event.refersTo}`;
  if (event.replyTo !== undefined) json += `,"replyTo":${event.replyTo}`;
  if (event.mentions !== undefined) json += `,"mentions":${JSON.stringify(event.mentions)}`;
  if (event.mentionsAll === true) json += ',"mentionsAll":true';
  if (event.expiresAfter !== undefined) json += `,"expiresAfter":${event.expiresAfter}`;
  if (event.expiresAt !== undefined) json += `,"expiresAt":${event.expiresAt}`;
  if (event.sentAt !== undefined) json += `,"sentAt":${event.sentAt}`;
  if (event.change !== undefined) json += `,"change":${JSON.stringify(event.change)}`;
  if (event.content !== undefined) json += `,"content":${event.content}`;
  if (event.edited !== undefined) {
    json += `,"edited":{"seq":${event.edited.seq},"at":${event.edited.at}`;
    if (event.edited.content !== undefined) json += `,"content":${event.edited.content}`;
    json += '}';
  }
  if (event.reactions !== undefined) json += `,"reactions":${JSON.stringify(event.reactions)}`;
  return `${json}}`;
}
