import type { Message, Quote } from '@maru/client';
import { nameOf, type World } from '../state/world.ts';
import { shownInline } from '../text/shown-text.ts';
import { whenText } from './times.ts';

/** Where a message came from; `''`: from whom it says. */
export function originText({ forwarded }: Pick<Message, 'forwarded'>, world: World): string {
  if (forwarded === undefined) return '';
  const { sender, sentAt } = forwarded;
  const { texts } = world;
  const what = sender === undefined ? texts.forwarded : texts.forwardedFrom(nameOf(world, sender));
  return sentAt === undefined ? what : `${what} · ${whenText(sentAt, world)}`;
}

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
