import type { Purpose } from './purpose.ts';
import type { Field } from './use-field.ts';

export type WhyNotLater = 'edit' | 'empty' | 'tooLong';

/** Why what is written can't be sent later; `undefined`: it can. Where nobody may write there is nothing to ask. */
export function whyNotLater(
  { kind }: Purpose,
  { isEmpty, left = 0 }: Pick<Field, 'isEmpty' | 'left'>,
): WhyNotLater | undefined {
  if (kind === 'edit') return 'edit';
  if (isEmpty) return 'empty';
  return left < 0 ? 'tooLong' : undefined;
}
