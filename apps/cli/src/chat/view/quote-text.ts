import type { Message, Quote } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { nameOf, type World } from '../state/world.ts';
import { shownInline } from '../text/shown-text.ts';
import { spokenLines } from '../text/spoken-lines.ts';
import { whenText } from './times.ts';

/** Lines of a quoted text that are looked at. */
const LINES_MAX = 3;

/** Where a message came from; `''`: from whom it says. */
export function originText({ forwarded }: Pick<Message, 'forwarded'>, world: World): string {
  if (forwarded === undefined) return '';
  const { sender, sentAt } = forwarded;
  const { texts } = world;
  const what = sender === undefined ? texts.forwarded : fromText(sender, world);
  return sentAt === undefined ? what : `${what} · ${whenText(sentAt, world)}`;
}

function fromText(sender: UserId, world: World): string {
  return sender === world.me ? world.texts.forwardedOwn : world.texts.forwardedFrom(nameOf(world, sender));
}

/** A quoted message in a line. */
export function quoteText(quote: Quote, world: World): string {
  const { texts } = world;
  switch (quote.kind) {
    case 'message': {
      const { sender, type, text, entities = [], folded } = quote;
      if (folded) return texts.reply(nameOf(world, sender), texts.folded);
      if (text === undefined) return texts.reply(nameOf(world, sender), shownInline(texts.notText(type)));
      const content = { type: 'text' as const, text, entities: [...entities] };
      return texts.reply(nameOf(world, sender), spokenLines({ content }, texts.spoiler, LINES_MAX).join(' '));
    }
    case 'deleted':
      return texts.reply(nameOf(world, quote.sender), quote.expired ? texts.expired : texts.deleted);
    case 'awaited':
      return texts.replyUnknown;
    case 'hidden':
      return texts.quoteHidden;
  }
}
