import type * as z from 'zod';
import type { ErrorCode } from '../errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Access = 'anyone' | 'signed-in' | 'administrator';

/** One HTTP endpoint's contract: the server checks by it, OpenAPI shows it, clients take their types from it. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  A extends Access = Access,
> {
  readonly method: Method;
  /** With parameters in braces, as in OpenAPI: `/v1/rooms/{room}`. */
  readonly path: string;
  /** OpenAPI's operationId. */
  readonly name: string;
  readonly summary: string;
  readonly tag:
    | 'account'
    | 'devices'
    | 'rooms'
    | 'messages'
    | 'people'
    | 'settings'
    | 'server'
    | 'administration';
  /** Who may call it. */
  readonly access: A;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response?: R;
  /** The body is a file: of one of these types, which `content-type` names, and at most so long. */
  readonly upload?: { readonly types: readonly string[]; readonly bytesMax: number };
  /** The answer is a file of this type, which never changes at its address. */
  readonly download?: string;
  /** Status of success: 200 with a response, 204 without, unless said. */
  readonly status?: number;
  /** Errors beyond those every route may give (bad-request, unauthorized, rate-limited, storage-unavailable, internal). */
  readonly errors?: readonly ErrorCode[];
}

/** Keeps the exact schema types of a contract. */
export function route<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  A extends Access,
>(contract: Route<P, Q, B, R, A>): Route<P, Q, B, R, A> {
  return contract;
}
