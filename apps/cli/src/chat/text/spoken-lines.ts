import type { Message } from '@maru/client';
import { entitiesOf, textOf } from '../state/world.ts';
import { richLines } from './rich-lines.ts';

/**
 * What a message says, line by line, without anything that only a screen can show: quotes begin with `>`, and `spoiler`
 * stands where somebody hid something.
 */
export function spokenLines(
  message: Pick<Message, 'content'>,
  spoiler: string,
  linesMax = Number.POSITIVE_INFINITY,
): string[] {
  const text = textOf(message);
  if (text === undefined) return [];
  const lines = richLines(text, entitiesOf(message), { base: 'plain', spoiler, linesMax });
  return lines.map(({ spans, quotes }) => '> '.repeat(quotes) + spans.map((span) => span.text).join(''));
}
