import { type SettingName, settingOf, settingValues } from '@maru/protocol';
import { changed, type OwnChange } from './own-change.ts';

/** One of the user's own settings, as a device keeps it. */
export interface OwnRecord {
  readonly name: SettingName;
  /** What the server has, as far as the device knows; absent: nothing. */
  readonly base?: unknown;
  /** What the user changed here, and the server has not taken yet. */
  readonly pending?: OwnChange | undefined;
}

/** The value that is shown, whatever the server has taken; `undefined`: none, or one that this version can't read. */
export function shownOf({ name, base, pending }: OwnRecord): unknown {
  const value = pending === undefined ? base : changed(readable(name, base), pending);
  return readable(name, value);
}

/** What the server is to have: with what a later version added to the value. */
export function wantedOf({ name, base, pending }: OwnRecord): unknown {
  if (pending === undefined) return base;
  return changed(readable(name, base) === undefined ? undefined : base, pending);
}

function readable(name: SettingName, value: unknown): unknown {
  if (value === undefined) return undefined;
  const parsed = settingValues[settingOf(name).kind].safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** Whether there is nothing to keep. */
export function isEmptyRecord({ base, pending }: OwnRecord): boolean {
  return base === undefined && pending === undefined;
}

/** Whether two values say the same, in whatever order their fields stand. */
export function saysSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(b, key) && saysSame(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}
