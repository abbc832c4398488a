import { reportNumber } from '@maru/protocol';
import { UsageError } from '../../command.ts';

/**
 * The number of a report as it was written: `7` or `#7`.
 * @throws {UsageError}
 */
export function reportNumberOf(given: string): number {
  const number = reportNumber.safeParse(Number(given.replace(/^#/, '')));
  if (number.success) return number.data;
  throw new UsageError(`${given} is not the number of a report; see maru admin reports list.`);
}
