import { printable } from './printable.ts';

/**
 * Says on standard error what went wrong, in one line that a terminal shows and does not obey: the words may be those of
 * a server, or of whoever named a file.
 */
export function complain(text: string): void {
  console.error(printable(`maru: ${text}`));
}
