import {
  type Content,
  countCodePoints,
  type Entity,
  forwarded,
  limits,
  type TextContent,
  takeCodePoints,
} from '@maru/protocol';
import type { EncodedContent } from '../../core/room/event.ts';

/** A content as it goes into the log: encoded once; where it is long, a preview with the whole beside it (`[LIMIT5]`). */
export interface EncodedMessage {
  readonly content: EncodedContent;
  readonly body?: string;
}

const ENTITY_ROOM_BYTES = 1_024;

/** Encodes a content. What the client says in `long` is ignored: only the server knows where a body is. */
export function encodeContent(given: Content): EncodedMessage {
  const whole = 'long' in given ? { ...given, long: undefined } : given;
  const json = JSON.stringify(whole);
  // A UTF-16 unit takes at most 3 bytes, so that most messages are never counted.
  if (json.length * 3 <= limits.LONG_CONTENT_BYTES_MIN) return { content: json as EncodedContent };
  const bytes = Buffer.byteLength(json);
  if (bytes <= limits.LONG_CONTENT_BYTES_MIN) return { content: json as EncodedContent };
  const sha256 = new Bun.CryptoHasher('sha256').update(json).digest('hex');
  return { content: JSON.stringify(previewOf(given, bytes, sha256)) as EncodedContent, body: json };
}

/** How many bytes a content takes, encoded. */
export function encodedBytes({ content, body }: EncodedMessage): number {
  return Buffer.byteLength(body ?? content);
}

function previewOf(content: Content, bytes: number, sha256: string): Content {
  const from = 'forwarded' in content ? forwarded.safeParse(content.forwarded).data : undefined;
  const origin = from === undefined ? {} : { forwarded: from };
  if (!isText(content)) return { type: content.type, ...origin, long: { bytes, sha256 } };
  const text = takeCodePoints(content.text, limits.PREVIEW_CHARS_MAX);
  const entities = clip(content.entities ?? [], countCodePoints(text));
  return {
    type: 'text',
    text,
    ...(entities.length === 0 ? {} : { entities }),
    ...(content.replyTo === undefined ? {} : { replyTo: content.replyTo }),
    ...origin,
    long: { bytes, codePoints: countCodePoints(content.text), sha256 },
  };
}

/** The entities that begin inside the preview, cut at its end; as many as a preview has room for. */
function clip(entities: readonly Entity[], codePoints: number): Entity[] {
  const clipped: Entity[] = [];
  let bytes = 0;
  for (const entity of entities) {
    if (entity.offset >= codePoints) continue;
    const cut = { ...entity, length: Math.min(entity.length, codePoints - entity.offset) };
    bytes += Buffer.byteLength(JSON.stringify(cut));
    if (bytes > ENTITY_ROOM_BYTES) break;
    clipped.push(cut);
  }
  return clipped;
}

export function isText(content: Content): content is TextContent {
  return content.type === 'text';
}

/** A line of an imported log without a text of its own. Kept whole: there is nothing to show of it before it is opened. */
export function encodeLogLine(line: string): EncodedContent {
  return JSON.stringify({ type: 'log-line', line }) as EncodedContent;
}
