import type { Logger } from '@maru/server';

/** Passes on what an operator must know of, in one line each. */
export const quietLogger: Logger = {
  info() {},
  warn: (_fields, message) => console.error(`maru: ${message}`),
  error: (_fields, message) => console.error(`maru: ${message}`),
};
