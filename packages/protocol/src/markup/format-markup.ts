import type { Entity } from '../content.ts';
import { inOrder } from './in-order.ts';
import { MarkupWriter } from './markup-writer.ts';
import { parseMarkup } from './parse-markup.ts';

/** What can be written. Mentions and links are found in the text again. */
const WRITTEN: readonly Entity['type'][] = [
  'bold',
  'italic',
  'strike',
  'spoiler',
  'code',
  'pre',
  'quote',
  'list-item',
];

/**
 * A text with its entities as somebody would have written it, to be edited: `parseMarkup` gives both back. Backslashes
 * stand only in what would be read otherwise without them. What `parseMarkup` makes comes back whole; of entities that
 * another client made, what can't be written is left out.
 */
export function formatMarkup(text: string, entities: readonly Entity[]): string {
  const written = inOrder(entities.filter(({ type }) => WRITTEN.includes(type)));
  const plain = new MarkupWriter(text, written, false).write();
  const read = parseMarkup(plain);
  const isSame = read.text === text && JSON.stringify(read.entities) === JSON.stringify(written);
  return isSame ? plain : new MarkupWriter(text, written, true).write();
}
