import { type ErrorBody, type SettingName, settingOf, settingValues } from '@maru/protocol';
import { shapeRefusal } from './shape-refusal.ts';

export type CheckedSetting =
  | { readonly kind: 'checked'; readonly value: string | null }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/** A value as it is stored, where it has the shape that its name asks for; `null` removes what there is. */
export function checkSetting(name: SettingName, value: unknown): CheckedSetting {
  if (value === null) return { kind: 'checked', value };
  const parsed = settingValues[settingOf(name).kind].safeParse(value);
  if (parsed.success) return { kind: 'checked', value: JSON.stringify(parsed.data) };
  return { kind: 'refused', error: shapeRefusal(parsed.error) };
}
