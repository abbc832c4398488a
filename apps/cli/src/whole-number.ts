import { type Flags, UsageError } from './command.ts';

/**
 * The value of an option that takes a count.
 * @throws {UsageError}
 */
export function wholeNumber(flag: string, given: NonNullable<Flags[string]> | number, max: number): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= max) return number;
  throw new UsageError(`--${flag} ${given}: expected a whole number from 1 to ${max}.`);
}
