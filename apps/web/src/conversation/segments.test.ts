import { describe, expect, test } from 'bun:test';
import { composeText, type Entity } from '@maru/protocol';
import fc from 'fast-check';
import { type Segment, segmentText } from './segments.ts';

const written = (markup: string) => {
  const { text, entities } = composeText(markup, [], { markup: true });
  return shapeOf(segmentText(text, entities));
};

/** `bold(a)`: short enough to compare by eye. */
function shapeOf(segments: readonly Segment[]): string {
  return segments
    .map((segment) => {
      if (segment.kind === 'text') return segment.text;
      if (segment.kind === 'link') return `link(${segment.text})`;
      return `${segment.entity.type}(${shapeOf(segment.children)})`;
    })
    .join('');
}

describe('a text', () => {
  test.each([
    ['plain', 'plain'],
    ['**bold** and _italic_', 'bold(bold) and italic(italic)'],
    ['**bold `code`**', 'bold(bold code(code))'],
    ['see https://example.org/a.', 'see link(https://example.org/a).'],
    ['`https://example.org`', 'code(https://example.org)'],
    ['🙂 **나** 🙂', '🙂 bold(나) 🙂'],
    ['before\n> quoted\nafter', 'beforequote(quoted)after'],
    ['- one\n- two', 'list-item(- one)list-item(- two)'],
  ])('%j is %s', (markup, shape) => {
    expect(written(markup)).toBe(shape);
  });

  test('loses nothing by entities that are wrong', () => {
    const entities: Entity[] = [
      { type: 'bold', offset: 0, length: 5 },
      { type: 'italic', offset: 3, length: 5 },
      { type: 'code', offset: 90, length: 5 },
    ];
    expect(shapeOf(segmentText('0123456789', entities))).toBe('bold(01234)56789');
  });

  test('says the same, whatever the entities are', () => {
    const type = fc.constantFrom('bold', 'italic', 'code', 'spoiler', 'strike');
    const one = fc.record({
      type,
      offset: fc.nat(30),
      length: fc.integer({ min: 1, max: 30 }),
    }) as fc.Arbitrary<Entity>;
    const plain = (segments: readonly Segment[]): string =>
      segments
        .map((segment) => (segment.kind === 'entity' ? plain(segment.children) : segment.text))
        .join('');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.array(one, { maxLength: 8 }),
        (text, entities) => {
          expect(plain(segmentText(text, entities))).toBe(text);
        },
      ),
    );
  });
});
