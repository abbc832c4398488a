import type { Access, ErrorBody } from '@maru/protocol';
import { refusal } from '@maru/protocol';
import type * as z from 'zod';
import type { Identity } from '../../ports/credentials.ts';
import type { Arrival } from '../edge/arrival.ts';

/** A request whose access, parameters and body have been checked by its contract. */
export interface ApiRequest<P, Q, B, A extends Access> {
  /** Who asks; on routes for anyone nobody looks. */
  readonly identity: A extends 'anyone' ? undefined : Identity;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The file, on routes that take one; else nothing is in it. */
  readonly upload: Uint8Array;
  readonly headers: Headers;
  readonly arrival: Arrival;
}

/** What a handler answers. Refusals are values; only faults are thrown. */
export type Reply<R> =
  | { readonly kind: 'done'; readonly body: R; readonly cookies: readonly string[] }
  /** The response as JSON text that is there already. */
  | { readonly kind: 'encoded'; readonly json: string }
  /** A file under its unchanging name; `undefined`: whoever asks has it already. */
  | { readonly kind: 'file'; readonly bytes: Uint8Array | undefined; readonly name: string }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

export type Handler<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  A extends Access,
> = (request: ApiRequest<z.output<P>, z.output<Q>, z.output<B>, A>) => Promise<Reply<z.input<R>>>;

export function done<R>(body: R, cookies: readonly string[] = []): Reply<R> {
  return { kind: 'done', body, cookies };
}

/** For routes that answer nothing (204). */
export function nothing(cookies?: readonly string[]): Reply<unknown> {
  return done<unknown>(undefined, cookies);
}

export function encoded(json: string): Reply<never> {
  return { kind: 'encoded', json };
}

export function refuse(
  ...args: Parameters<typeof refusal>
): Extract<Reply<never>, { readonly kind: 'refused' }> {
  return { kind: 'refused', error: refusal(...args) };
}

/** The one answer to what isn't there and to what isn't the asker's to see (`[PRIV1]`). */
export function notFound(
  what: 'room' | 'event' | 'person' | 'device' | 'invite' | 'report' | 'avatar' | 'link',
): Reply<never> {
  return refuse('not-found', `There is no such ${what}.`);
}
