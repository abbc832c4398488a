import { StoreFailed, type StoreFault } from '../store/store-failed.ts';

/** What browsers call the reasons (Indexed Database API 3.0, §3). */
const REASONS: Readonly<Record<string, StoreFault>> = {
  QuotaExceededError: 'full',
  VersionError: 'newer-version',
  SecurityError: 'denied',
  // A private window of older browsers, where a database can't be opened.
  InvalidStateError: 'denied',
};

const MESSAGES: Readonly<Record<StoreFault, string>> = {
  full: 'There is no more space for this site.',
  'newer-version': 'The store was written by a newer version.',
  'in-use': 'Tabs of an older version hold the store.',
  outdated: 'A tab with a newer version took the store over.',
  denied: 'The browser keeps nothing for this page.',
  lost: 'The store was deleted, or can be read no more.',
  'taken-over': 'Another tab took the store over.',
};

export function storeFailed(reason: StoreFault, cause?: unknown): StoreFailed {
  return new StoreFailed(reason, MESSAGES[reason], { cause });
}

/** A browser's error as one that says what to do; `StoreFailed` stays as it is. */
export function asStoreFailed(error: unknown, otherwise: StoreFault): StoreFailed {
  if (error instanceof StoreFailed) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const reason = otherwise === 'lost' && name === 'InvalidStateError' ? 'lost' : REASONS[name];
  return storeFailed(reason ?? otherwise, error);
}
