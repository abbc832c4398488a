import { type Flags, type Option, UsageError } from '../command.ts';

const DAY_S = 86_400;
const DAYS_MAX = 365;

export const daysOption: Option = {
  takes: 'COUNT',
  help: `How long the code is good, up to ${DAYS_MAX}.`,
  byDefault: '7',
};

/**
 * How long an invite is to be good, in seconds.
 * @throws {UsageError}
 */
export function daysOf(flags: Flags): number {
  const days = Number(flags.days ?? 7);
  if (Number.isInteger(days) && days >= 1 && days <= DAYS_MAX) return days * DAY_S;
  throw new UsageError(`--days ${flags.days}: expected a whole number from 1 to ${DAYS_MAX}.`);
}
