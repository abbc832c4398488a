import { limits } from '@maru/protocol';
import type { Flags, Option } from '../../command.ts';
import { wholeNumber } from '../../whole-number.ts';

/** The options of what is listed in pages. */
export const pageOptions = {
  limit: {
    takes: 'COUNT',
    help: `How many a page, up to ${limits.ADMIN_PAGE_MAX}.`,
    byDefault: String(limits.ADMIN_PAGE_DEFAULT),
  },
  all: { help: 'All pages.' },
} as const satisfies Record<string, Option>;

/**
 * How many to ask for at once: where all are asked for, as many as the server gives.
 * @throws {UsageError}
 */
export function pageSize(flags: Flags): number {
  const byDefault = flags.all === true ? limits.ADMIN_PAGE_MAX : limits.ADMIN_PAGE_DEFAULT;
  return wholeNumber('limit', flags.limit ?? byDefault, limits.ADMIN_PAGE_MAX);
}
