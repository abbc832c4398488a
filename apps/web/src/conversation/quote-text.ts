import type { Quote } from '@maru/client';
import type { Translate } from '../i18n/translator.ts';
import { oneLine } from '../rooms/plain-text.ts';

/** What is quoted, in a line; of somebody blocked only where the user asked for it. */
export function quoteText(quote: Quote, t: Translate, unfolded = false): string {
  switch (quote.kind) {
    case 'message':
      if (quote.folded === true && !unfolded) return t('quote.folded');
      return quote.text === undefined ? t('message.unknown') : oneLine(quote.text, quote.entities);
    case 'deleted':
      return t('message.deleted');
    case 'awaited':
      return t('quote.awaited');
    case 'hidden':
      return t('quote.hidden');
  }
}
