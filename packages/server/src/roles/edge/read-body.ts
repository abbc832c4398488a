import { type ErrorBody, refusal } from '@maru/protocol';
import { checkJsonBounds, FRAME_BOUNDS, type JsonBounds } from './json-bounds.ts';

export type ReadBody =
  | { readonly kind: 'json'; readonly value: unknown; readonly bytes: number }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/** A page of another origin can't send JSON's type without asking first, so that no form can post here. */
export function refusalOfType(headers: Headers): ErrorBody | undefined {
  if (/^application\/json\b/i.test(headers.get('content-type') ?? '')) return undefined;
  const field = 'content-type';
  return refusal('bad-request', 'The body must be JSON, with content-type: application/json.', { field });
}

/** Reads a JSON body of at most `bytesMax` bytes; of a longer one no more than that is held. */
export async function readBody(
  request: Request,
  bytesMax: number,
  bounds: JsonBounds = FRAME_BOUNDS,
): Promise<ReadBody> {
  const notJson = refusalOfType(request.headers);
  if (notJson !== undefined) return { kind: 'refused', error: notJson };
  const declared = Number(request.headers.get('content-length') ?? 0);
  const bytes = declared > bytesMax ? undefined : await readUpTo(request, bytesMax);
  if (bytes === undefined) {
    return {
      kind: 'refused',
      error: refusal('frame-too-large', `The body has more than ${bytesMax} bytes.`, {
        limit: { name: 'bodyBytesMax', value: bytesMax },
        ...(declared > bytesMax ? { given: declared } : {}),
      }),
    };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const error = checkJsonBounds(text, bounds);
    if (error !== undefined) return { kind: 'refused', error };
    return { kind: 'json', value: JSON.parse(text), bytes: bytes.byteLength };
  } catch {
    return { kind: 'refused', error: refusal('not-json', 'The body is not JSON in UTF-8.') };
  }
}

async function readUpTo(request: Request, bytesMax: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
