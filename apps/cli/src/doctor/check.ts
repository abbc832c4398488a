/** What one look of `maru doctor` came to. */
export interface Check {
  /** Stable, for programs. */
  readonly name: string;
  /** `warn`: it works, and not well or not safely. `fail`: a server can't work here. */
  readonly state: 'ok' | 'warn' | 'fail';
  /** What was found, in a line. */
  readonly found: string;
  /** What to change, where something is to be. */
  readonly advice?: string;
  /** The figures behind it; the unit stands last in their names. */
  readonly values?: Readonly<Record<string, number | string | boolean>>;
}

/** The worst state of all. */
export function worst(checks: readonly Check[]): Check['state'] {
  if (checks.some(({ state }) => state === 'fail')) return 'fail';
  return checks.some(({ state }) => state === 'warn') ? 'warn' : 'ok';
}
