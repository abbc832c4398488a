import { type AnyContent, type Entity, takeCodePoints, unitsAt } from '@maru/protocol';

/** Code points of a text that is shown in one line. */
const LINE_CHARS_MAX = 200;
const COVER = '░';

/** What a content says, without looks; `undefined` where it is of a kind that this version doesn't know. */
export function plainText(content: AnyContent | undefined): string | undefined {
  if (content?.type === 'text' && 'text' in content) return String(content.text);
  return content?.type === 'log-line' && 'line' in content ? String(content.line) : undefined;
}

const NO_ENTITIES: readonly Entity[] = [];

/** The looks of what a content says. One of a kind that nobody has checked may have anything under this name: it has none. */
export function entitiesOf(content: AnyContent | undefined): readonly Entity[] {
  const entities = content?.type === 'text' && 'entities' in content ? content.entities : undefined;
  return Array.isArray(entities) ? entities : NO_ENTITIES;
}

/** The beginning of what a content says, in one line, with what is to be covered covered. */
export function lineOf(content: AnyContent | undefined): string | undefined {
  const text = plainText(content);
  return text === undefined ? undefined : oneLine(text, entitiesOf(content));
}

/** The same of a text with its entities. */
export function oneLine(text: string, entities: readonly Entity[] = []): string {
  const beginning = takeCodePoints(text, LINE_CHARS_MAX);
  return covered(beginning, entities).replace(/\s+/g, ' ').trim();
}

/** A text whose spoilers can't be read. */
function covered(text: string, entities: readonly Entity[]): string {
  const spoilers = entities.filter(({ type }) => type === 'spoiler');
  if (spoilers.length === 0) return text;
  const units = unitsAt(
    text,
    spoilers.flatMap(({ offset, length }) => [offset, offset + length]),
  );
  let shown = text;
  for (const { offset, length } of spoilers) {
    const [from, to] = [units.get(offset) ?? text.length, units.get(offset + length) ?? text.length];
    shown = shown.slice(0, from) + COVER.repeat(to - from) + shown.slice(to);
  }
  return shown;
}
