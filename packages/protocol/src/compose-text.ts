import type { Entity } from './content.ts';
import { isCrossing } from './entities-fault.ts';
import type { UserId } from './ids.ts';
import { linksIn } from './links.ts';
import { inOrder } from './markup/in-order.ts';
import { parseMarkup } from './markup/parse-markup.ts';
import { type Mentionable, mentionsIn, type TextSpan } from './mentions.ts';
import { countCodePoints } from './text.ts';

/** What is sent of what somebody wrote: the text, what it looks like, and who is named in it. */
export interface ComposedText {
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly mentions: readonly UserId[];
  /** Everybody in the room is named. */
  readonly mentionsAll: boolean;
}

/**
 * Makes a message of what somebody wrote.
 *
 * @param people who can be named: the room's members
 * @param markup whether marks like `**bold**` mean something; else the text is taken to the byte
 */
export function composeText(
  written: string,
  people: Iterable<Mentionable>,
  { markup }: { readonly markup: boolean },
): ComposedText {
  const { text, entities } = markup ? parseMarkup(written) : { text: written, entities: [] };
  const code = entities.filter(({ type }) => type === 'code' || type === 'pre');
  const found = mentionsIn(
    text,
    people,
    [...code, ...linkSpans(text)].sort((a, b) => a.offset - b.offset),
  );
  const named = found.filter((mention) => !entities.some((entity) => isCrossing(mention, entity)));
  const users = named.flatMap((mention) => (mention.type === 'mention' ? [mention.user] : []));
  return {
    text,
    entities: named.length === 0 ? entities : inOrder([...entities, ...named]),
    mentions: [...new Set(users)],
    mentionsAll: named.some(({ type }) => type === 'mention-all'),
  };
}

/** Where the links of a text stand, in code points. */
function linkSpans(text: string): TextSpan[] {
  let offset = 0;
  let counted = 0;
  return linksIn(text).map(({ start, end }) => {
    offset += countCodePoints(text.slice(counted, start));
    counted = start;
    return { offset, length: countCodePoints(text.slice(start, end)) };
  });
}
