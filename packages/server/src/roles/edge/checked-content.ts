import { type Content, countCodePoints, type ErrorBody, limits, refusal } from '@maru/protocol';
import type { EncodedContent } from '../../core/room/event.ts';
import { type EncodedMessage, encodeContent, encodedBytes, isText } from './long-content.ts';
import { checkText } from './text-checks.ts';

type Refused = { readonly kind: 'refused'; readonly error: ErrorBody };

/** A content of a client's, looked at and encoded (`[LIMIT2]`). */
export function encodeChecked(
  content: Content,
  charsMax: number,
): { readonly kind: 'encoded'; readonly message: EncodedMessage } | Refused {
  if (isText(content)) {
    const wrong = checkText(content.text, charsMax) ?? checkSpans(content.text, content.entities ?? []);
    return wrong === undefined
      ? { kind: 'encoded', message: encodeContent(content) }
      : { kind: 'refused', error: wrong };
  }
  const message = encodeContent(content);
  return tooLarge(message, 'OPAQUE_CONTENT_BYTES_MAX', 'content') ?? { kind: 'encoded', message };
}

/** The note of a request: short, so that it is whole wherever the request is shown. */
export function encodeNote(
  note: Content | undefined,
): { readonly kind: 'encoded'; readonly note: { readonly note?: EncodedContent } } | Refused {
  if (note === undefined) return { kind: 'encoded', note: {} };
  const encoded = encodeChecked(note, limits.REQUEST_NOTE_CHARS_MAX);
  if (encoded.kind === 'refused') return encoded;
  const { message } = encoded;
  return (
    tooLarge(message, 'REQUEST_NOTE_BYTES_MAX', 'note') ?? {
      kind: 'encoded',
      note: { note: message.content },
    }
  );
}

function tooLarge(
  message: EncodedMessage,
  name: 'OPAQUE_CONTENT_BYTES_MAX' | 'REQUEST_NOTE_BYTES_MAX',
  field: string,
): Refused | undefined {
  const given = encodedBytes(message);
  const value = limits[name];
  if (given <= value) return undefined;
  const error = refusal('content-too-large', 'The content is too large.', {
    limit: { name, value },
    given,
    field,
  });
  return { kind: 'refused', error };
}

/** Entities lie inside the text, counted in code points. */
function checkSpans(
  text: string,
  entities: readonly { readonly offset: number; readonly length: number }[],
): ErrorBody | undefined {
  if (entities.length === 0) return undefined;
  const codePoints = countCodePoints(text);
  for (const { offset, length } of entities) {
    if (offset + length > codePoints) {
      return refusal('bad-request', 'An entity reaches beyond the text.', { field: 'content.entities' });
    }
  }
  return undefined;
}
