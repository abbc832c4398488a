import type { AnyContent, Event, LongBody, RoomId } from '@maru/protocol';
import { anyContent } from '@maru/protocol';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ContentCodec } from '../content-codec.ts';
import { BodyCorrupt } from '../errors.ts';
import type { Api } from './api.ts';

/**
 * The whole of a message: what the event holds, or, where that is a preview, the body, fetched and checked by its hash
 * (`[LIMIT5]`).
 */
export async function readBody(
  api: Pick<Api, 'getBody'>,
  codec: ContentCodec,
  room: RoomId,
  event: Event,
): Promise<AnyContent> {
  const said = event.edited?.content ?? event.content;
  if (said === undefined) throw new BodyCorrupt('the message was deleted, or is none');
  const long = 'long' in said ? (said.long as LongBody | undefined) : undefined;
  if (long === undefined) return said;
  const seq = event.edited?.content === undefined ? event.seq : event.edited.seq;
  const bytes = await api.getBody({ params: { room, seq } });
  if (bytes.length !== long.bytes || bytesToHex(sha256(bytes)) !== long.sha256) {
    throw new BodyCorrupt(`the body of ${seq} in ${room} is not what its message names`);
  }
  const content = anyContent.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return codec.open(room, content);
}
