import { type ErrorBody, refusal } from '@maru/protocol';
import type * as z from 'zod';

export type Parsed<T> =
  | { readonly kind: 'parsed'; readonly value: T }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/** Checks what came from outside against its contract, once. The refusal names the field, and quotes nothing. */
export function parse<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  where: string,
): Parsed<z.output<S>> {
  if (schema === undefined) return { kind: 'parsed', value: undefined as z.output<S> };
  const result = schema.safeParse(value);
  if (result.success) return { kind: 'parsed', value: result.data };
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  const unknownKind = where === 'body' && field === 'kind' && issue?.code === 'invalid_union';
  return {
    kind: 'refused',
    error: refusal(
      unknownKind ? 'unknown-kind' : 'bad-request',
      `${field || where}: ${issue?.message ?? 'wrong'}`,
      {
        field: field || where,
      },
    ),
  };
}
