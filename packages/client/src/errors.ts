import type { ErrorBody, ErrorCode } from '@maru/protocol';

/** The server refused: `code` is one of the protocol's table. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.code = body.code;
    this.status = status;
    this.body = body;
  }
}

/** No answer, or one that nobody can read. Trying again may help. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code = 'network';
}

/** A session's request was refused by the server. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly code: ErrorCode;
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.message);
    this.code = body.code;
    this.body = body;
  }
}

/** The connection ended, or was not there, before an answer came. */
export class Disconnected extends Error {
  override readonly name = 'Disconnected';
  readonly code = 'disconnected';
}

/** The client was closed, or its store failed and it stopped. */
export class ClientClosed extends Error {
  override readonly name = 'ClientClosed';
  readonly code = 'closed';
}

/** The store belongs to another device: its ids must never be used by this one. */
export class StoreMismatch extends Error {
  override readonly name = 'StoreMismatch';
  readonly code = 'store-mismatch';
}

/** What is asked for breaks a limit or a rule that is known without asking the server. */
export class InvalidCommand extends Error {
  override readonly name = 'InvalidCommand';
  readonly code: ErrorCode;
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.message);
    this.code = body.code;
    this.body = body;
  }
}

/** A body's bytes do not have the hash that its message names (`[LIMIT5]`). */
export class BodyCorrupt extends Error {
  override readonly name = 'BodyCorrupt';
  readonly code = 'body-corrupt';
}

/** Something that must not happen did: reported, never thrown at a caller. */
export interface Fault {
  readonly code:
    | 'unreadable-frame'
    | 'conflicting-event'
    | 'head-went-back'
    | 'store-failed'
    | 'request-refused';
  readonly message: string;
  readonly cause?: unknown;
}

export type ReportFault = (fault: Fault) => void;
