import type { Message } from '@maru/client';
import { shownInline } from '../text/shown-text.ts';
import { textOf } from './world.ts';

const QUOTE_CHARS = 30;

/** The beginning of what a message says, for a question about it. */
export function quoteOf(message: Pick<Message, 'content'>): string {
  return shownInline([...(textOf(message) ?? '')].slice(0, QUOTE_CHARS).join(''));
}
