import { type ErrorBody, refusal } from '@maru/protocol';
import type { BodyShare } from './body-budget.ts';
import { checkJsonBounds, FRAME_BOUNDS, type JsonBounds } from './json-bounds.ts';

export type ReadBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/** A page of another origin can't send JSON's type without asking first, so that no form can post here. */
export function refusalOfType(headers: Headers): ErrorBody | undefined {
  if (/^application\/json\b/i.test(headers.get('content-type') ?? '')) return undefined;
  const field = 'content-type';
  return refusal('bad-request', 'The body must be JSON, with content-type: application/json.', { field });
}

/** The same of a file, which says what it is. */
function refusalOfFileType(headers: Headers, types: readonly string[]): ErrorBody | undefined {
  const type = headers.get('content-type') ?? '';
  if (types.includes(type.toLowerCase())) return undefined;
  const message = `The body must be a file with one of these content-types: ${types.join(', ')}.`;
  return refusal('image-unreadable', message, { field: 'content-type' });
}

/** Reads a file within its bounds. `code`: it is refused. */
export async function readUpload(
  request: Request,
  bounds: BodyBounds & { readonly types: readonly string[] },
): Promise<Uint8Array | ErrorBody> {
  const { bytesMax, types } = bounds;
  const wrongType = refusalOfFileType(request.headers, types);
  if (wrongType !== undefined) return wrongType;
  const declared = Number(request.headers.get('content-length') ?? 0) || 0;
  const bytes =
    declared > bytesMax ? tooLarge(bytesMax, declared) : await readUpTo(request, declared, bounds);
  if (!('code' in bytes) || bytes.code !== 'frame-too-large') return bytes;
  return {
    ...bytes,
    code: 'image-too-large',
    message: `The image has more than ${bytesMax} bytes: make it smaller.`,
  };
}

export interface BodyBounds {
  readonly bytesMax: number;
  /** Absent: those of a frame. */
  readonly json?: JsonBounds;
  /** What the body may hold of the memory that bodies have. */
  readonly share: BodyShare;
  /** Takes bytes from the sender's rate: what is declared before any of it is read, all else as it comes. */
  readonly charge?: (bytes: number) => ErrorBody | undefined;
}

/** Reads a JSON body within its bounds; of one that is beyond them no more than that is held. */
export async function readBody(request: Request, bounds: BodyBounds): Promise<ReadBody> {
  const { bytesMax, json = FRAME_BOUNDS } = bounds;
  const notJson = refusalOfType(request.headers);
  if (notJson !== undefined) return { kind: 'refused', error: notJson };
  const declared = Number(request.headers.get('content-length') ?? 0) || 0;
  if (declared > bytesMax) return { kind: 'refused', error: tooLarge(bytesMax, declared) };
  const bytes = await readUpTo(request, declared, bounds);
  if ('code' in bytes) return { kind: 'refused', error: bytes };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const error = checkJsonBounds(text, json);
    if (error !== undefined) return { kind: 'refused', error };
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'refused', error: refusal('not-json', 'The body is not JSON in UTF-8.') };
  }
}

function tooLarge(value: number, given?: number): ErrorBody {
  return refusal('frame-too-large', `The body has more than ${value} bytes.`, {
    limit: { name: 'bodyBytesMax', value },
    ...(given === undefined ? {} : { given }),
  });
}

async function readUpTo(
  request: Request,
  declared: number,
  { bytesMax, share, charge = () => undefined }: BodyBounds,
): Promise<Uint8Array | ErrorBody> {
  const refusedAtOnce = share.grow(0) ?? charge(declared);
  if (refusedAtOnce !== undefined) return refusedAtOnce;
  const chunks: Uint8Array[] = [];
  let size = 0;
  let charged = declared;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bytesMax) return tooLarge(bytesMax);
    const beyond = Math.max(0, size - charged);
    charged += beyond;
    const refused = share.grow(chunk.byteLength) ?? charge(beyond);
    if (refused !== undefined) return refused;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
