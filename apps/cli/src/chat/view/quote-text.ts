import type { Quote } from '@maru/client';
import { nameOf, type World } from '../state/world.ts';
import { shownInline } from '../text/shown-text.ts';

/** A quoted message in a line. */
export function quoteText(quote: Quote, world: World): string {
  const { texts } = world;
  switch (quote.kind) {
    case 'message':
      return texts.reply(nameOf(world, quote.sender), shownInline(quote.text ?? texts.notText(quote.type)));
    case 'deleted':
      return texts.reply(nameOf(world, quote.sender), texts.deleted);
    case 'awaited':
      return texts.replyUnknown;
    case 'hidden':
      return texts.quoteHidden;
  }
}
