import type { ErrorBody } from '@maru/protocol';
import type * as z from 'zod';
import { shapeRefusal } from '../edge/shape-refusal.ts';

export type Parsed<T> =
  | { readonly kind: 'parsed'; readonly value: T }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/** Checks what came from outside against its contract, once; a part that the contract doesn't name is undefined. */
export function parse<S extends z.ZodType>(schema: S | undefined, value: unknown): Parsed<z.output<S>> {
  if (schema === undefined) return { kind: 'parsed', value: undefined as z.output<S> };
  const result = schema.safeParse(value);
  if (result.success) return { kind: 'parsed', value: result.data };
  return { kind: 'refused', error: shapeRefusal(result.error) };
}
