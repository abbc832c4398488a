import type { Flags, Option } from '../command.ts';
import { wholeNumber } from '../whole-number.ts';

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
  return wholeNumber('days', flags.days ?? 7, DAYS_MAX) * DAY_S;
}
