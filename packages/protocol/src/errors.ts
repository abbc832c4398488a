/** The one table of errors and of close codes: what it is called, whether trying again may help, its HTTP status. */
import * as z from 'zod';

interface ErrorKind {
  readonly retryable: boolean;
  readonly status: number;
  /** The WebSocket close code where this error ends the connection. */
  readonly close?: number;
}

/** RFC 6455 §7.4.2: 4000–4999 are an application's own. `reconnect` says what a client does (`[SLOW3]`). */
export const closeCodes = {
  comeBack: { code: 4000, reconnect: true },
  signedOut: { code: 4001, reconnect: false },
  slow: { code: 4002, reconnect: true },
  badFrame: { code: 4003, reconnect: false },
  unsupportedVersion: { code: 4004, reconnect: false },
  rateLimited: { code: 4005, reconnect: true },
  helloTimeout: { code: 4006, reconnect: true },
  unauthorized: { code: 4007, reconnect: true },
  replaced: { code: 4008, reconnect: false },
  suspended: { code: 4009, reconnect: false },
  invalidUtf8: { code: 1007, reconnect: false },
  frameTooLarge: { code: 1009, reconnect: false },
} as const;

export const errors = {
  'bad-request': { retryable: false, status: 400 },
  'not-json': { retryable: false, status: 400, close: closeCodes.badFrame.code },
  'unknown-kind': { retryable: false, status: 400 },
  'unsupported-version': { retryable: false, status: 400, close: closeCodes.unsupportedVersion.code },
  'hello-expected': { retryable: false, status: 400, close: closeCodes.badFrame.code },
  'message-empty': { retryable: false, status: 400 },
  'text-malformed': { retryable: false, status: 400 },
  'id-too-old': { retryable: false, status: 409 },
  'message-too-long': { retryable: false, status: 413 },
  'content-too-large': { retryable: false, status: 413 },
  'image-too-large': { retryable: false, status: 413 },
  'image-unreadable': { retryable: false, status: 415 },
  'frame-too-large': { retryable: false, status: 413, close: closeCodes.frameTooLarge.code },
  'too-many': { retryable: false, status: 400 },
  unauthorized: { retryable: false, status: 401, close: closeCodes.unauthorized.code },
  'signed-out': { retryable: false, status: 401, close: closeCodes.signedOut.code },
  'invalid-credentials': { retryable: false, status: 401 },
  /** Not the digits that the device shows which lets this one in. */
  'check-wrong': { retryable: false, status: 403 },
  'account-suspended': { retryable: false, status: 403, close: closeCodes.suspended.code },
  'origin-refused': { retryable: false, status: 403 },
  forbidden: { retryable: false, status: 403 },
  /** The person lets only their contacts, or theirs, write first or bring them into groups. */
  'contacts-only': { retryable: false, status: 403 },
  'invite-required': { retryable: false, status: 403 },
  'sign-up-closed': { retryable: false, status: 403 },
  'not-found': { retryable: false, status: 404 },
  /** Of a link that was never made, is revoked, has expired or was used up, or that leads to nobody: alike. */
  'link-invalid': { retryable: false, status: 404 },
  /** Of a device request that was never made, has expired, was refused, or was used: alike. */
  'device-request-invalid': { retryable: false, status: 404 },
  'recipient-unavailable': { retryable: false, status: 404 },
  /** A polled session is over, or was never: reconnect and sync (`[SLOW3]`). */
  'session-unknown': { retryable: false, status: 410, close: closeCodes.comeBack.code },
  'method-not-allowed': { retryable: false, status: 405 },
  /** What two people are to each other has changed since the device saw it: ask the user again (`[REL2]`). */
  'relation-changed': { retryable: false, status: 409 },
  'handle-taken': { retryable: false, status: 409 },
  'room-exists': { retryable: false, status: 409 },
  'room-full': { retryable: false, status: 409 },
  'already-member': { retryable: false, status: 409 },
  'already-deleted': { retryable: false, status: 409 },
  /** It was sent, or is being sent. */
  'already-sent': { retryable: false, status: 409 },
  'devices-full': { retryable: false, status: 409 },
  'last-administrator': { retryable: false, status: 409 },
  'rate-limited': { retryable: true, status: 429, close: closeCodes.rateLimited.code },
  busy: { retryable: true, status: 503 },
  draining: { retryable: true, status: 503, close: closeCodes.comeBack.code },
  'storage-unavailable': { retryable: true, status: 503 },
  'rules-unknown': { retryable: true, status: 503 },
  internal: { retryable: true, status: 500 },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errors;

/** A later server may give codes this version does not know: to a reader they are `internal`, `retryable` as it says. */
export const errorCode = z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]).catch('internal');

/** What every refusal carries: the code, a sentence for people, and the limit where one was passed. */
export const errorBody = z.object({
  code: errorCode,
  message: z.string(),
  retryable: z.boolean(),
  /** Milliseconds to wait before trying again. */
  retryAfterMs: z.int().min(0).optional(),
  /** The name of the limit, as in `limits.ts` or the greeting, and its value. */
  limit: z.object({ name: z.string(), value: z.number() }).optional(),
  /** What was given where a limit was passed. */
  given: z.number().optional(),
  /** The field that was wrong. */
  field: z.string().optional(),
});
export type ErrorBody = z.infer<typeof errorBody>;

type Details = Partial<Pick<ErrorBody, 'retryAfterMs' | 'limit' | 'given' | 'field'>>;

/** The sentence of `recipient-unavailable`: a server's, and that of a device which knows it from before (`[REL15]`). */
export const RECIPIENT_UNAVAILABLE = 'There is no such person, or no longer.';

/** Builds the body of a refusal; `retryable` comes from the table. */
export function refusal(code: ErrorCode, message: string, details: Details = {}): ErrorBody {
  return { code, message, retryable: errors[code].retryable, ...details };
}
