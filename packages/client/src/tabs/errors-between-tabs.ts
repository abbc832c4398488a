import type { ErrorBody } from '@maru/protocol';
import { Disconnected, RequestRefused } from '../errors.ts';

/** An error as it goes from tab to tab: who refused, or that there is no connection. */
export type ErrorSaid = { readonly refused: ErrorBody } | { readonly disconnected: string };

export function errorSaid(error: unknown): ErrorSaid {
  if (error instanceof RequestRefused) return { refused: error.body };
  return { disconnected: error instanceof Error ? error.message : 'there is no connection' };
}

export function errorOf(said: ErrorSaid): Error {
  return 'refused' in said ? new RequestRefused(said.refused) : new Disconnected(said.disconnected);
}
