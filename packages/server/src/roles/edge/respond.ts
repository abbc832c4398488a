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
