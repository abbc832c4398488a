import { type ErrorBody, errors } from '@maru/protocol';

const JSON_HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

export function jsonResponse(json: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(json, { status, headers: { ...JSON_HEADERS, ...headers } });
}

/** A refusal with the status that the table of errors gives it, and `Retry-After` (RFC 9110 §10.2.3) where it helps. */
export function errorResponse(error: ErrorBody, headers: Record<string, string> = {}): Response {
  const { status } = errors[error.code];
  const extra: Record<string, string> = { ...headers };
  if (error.retryAfterMs !== undefined) extra['retry-after'] = String(Math.ceil(error.retryAfterMs / 1000));
  if (status === 401) extra['www-authenticate'] = 'Bearer';
  return jsonResponse(JSON.stringify(error), status, extra);
}

/** A year: RFC 9111 knows no more. Kept by the reader's own cache alone, as only who is signed in may have it. */
const FOR_EVER = 'private, max-age=31536000, immutable';

/** A file that never changes under its name; without bytes: it has not (RFC 9110 §15.4.5). */
export function fileResponse(file: { bytes: Uint8Array | undefined; name: string }, type: string): Response {
  return new Response(file.bytes ?? null, {
    status: file.bytes === undefined ? 304 : 200,
    headers: {
      'content-type': type,
      'cache-control': FOR_EVER,
      etag: `"${file.name}"`,
      // Whatever is in it, it is shown as this type and runs nothing, also where somebody opens its address.
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-site',
    },
  });
}
