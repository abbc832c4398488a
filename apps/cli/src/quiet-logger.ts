import type { Logger } from '@maru/server';
import { complain } from './terminal/complain.ts';

/** Passes on what an operator must know of, in one line each. */
export const quietLogger: Logger = {
  info() {},
  warn: (_fields, message) => complain(message),
  error: (_fields, message) => complain(message),
};
