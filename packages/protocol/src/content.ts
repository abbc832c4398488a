/**
 * What a message says. The core never looks inside: content is bytes to it, so that media and encrypted kinds can come
 * without a change there. The server reads `text` to check it and to cut a preview, and passes any other `type` on.
 */
import * as z from 'zod';
import { seq, userId } from './ids.ts';
import { ENTITIES_MAX } from './limits.ts';

/** Offsets and lengths count code points, so that every language and platform agrees. */
const span = { offset: z.int().min(0), length: z.int().min(1) };

export const entity = z.discriminatedUnion('type', [
  z.object({ type: z.literal('mention'), ...span, user: userId }),
  /** Everybody in the room. */
  z.object({ type: z.literal('mention-all'), ...span }),
  z.object({ type: z.literal('bold'), ...span }),
  z.object({ type: z.literal('italic'), ...span }),
  z.object({ type: z.literal('strike'), ...span }),
  z.object({ type: z.literal('code'), ...span }),
  z.object({ type: z.literal('pre'), ...span, language: z.string().max(32).optional() }),
  z.object({ type: z.literal('quote'), ...span }),
  /** A line of a list, with the `- ` or `1. ` at its beginning: who shows no entities loses nothing. */
  z.object({ type: z.literal('list-item'), ...span }),
  z.object({ type: z.literal('spoiler'), ...span }),
  z.object({ type: z.literal('link'), ...span, url: z.string().max(2_048).optional() }),
]);
export type Entity = z.infer<typeof entity>;

/** Where the whole of a long content is: `GET /v1/rooms/{room}/events/{seq}/body`, checked by its hash. */
export const longBody = z.object({
  bytes: z.int().min(1),
  codePoints: z.int().min(0).optional(),
  /** SHA-256 of the body's bytes, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LongBody = z.infer<typeof longBody>;

/** Of a message that was sent on: who said it first, and when. The forwarder's word, which nobody has checked. */
export const forwarded = z.object({
  /** Absent where that is not told. No room is ever named. */
  sender: userId.optional(),
  /** Milliseconds since the epoch. */
  sentAt: z.int().optional(),
});
export type Forwarded = z.infer<typeof forwarded>;

export const textContent = z.object({
  type: z.literal('text'),
  text: z.string(),
  entities: z.array(entity).max(ENTITIES_MAX).optional(),
  /** Where clients from before the envelope had it say what they answer; the envelope's holds. */
  replyTo: seq.optional(),
  /** Contents of other kinds say it by the same field. */
  forwarded: forwarded.optional(),
  /** Present on what the server sends when `text` is a preview. Ignored on what a client sends. */
  long: longBody.optional(),
});
export type TextContent = z.infer<typeof textContent>;

/** A line of an imported log that has no text: kept to the byte. Made by `maru import`, never by a client. */
const logLineContent = z.object({ type: z.literal('log-line'), line: z.string() });

/** A content of a kind this version doesn't know: carried as it is. */
const opaqueContent = z
  .looseObject({ type: z.string().min(1).max(32), long: longBody.optional() })
  .refine((content) => content.type !== 'text' && content.type !== 'log-line', {
    message: 'malformed content',
    // A union would take this branch for the one that was meant, and not tell what is wrong with a text.
    abort: true,
  });
export type OpaqueContent = z.infer<typeof opaqueContent>;

export const content = z.union([textContent, opaqueContent]);
export type Content = z.infer<typeof content>;
/** A text as a reader may meet it: with an entity that this version does not know it is shown without any. */
const metText = z.object({
  ...textContent.shape,
  entities: textContent.shape.entities.catch(undefined),
});
/** Content as a reader may meet it. */
export const anyContent = z.union([metText, logLineContent, opaqueContent]);
export type AnyContent = z.infer<typeof anyContent>;
