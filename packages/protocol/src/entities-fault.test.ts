import { describe, expect, test } from 'bun:test';
import type { Entity } from './content.ts';
import { anyContent, content } from './content.ts';
import { entitiesFault } from './entities-fault.ts';

const span = (
  type: 'bold' | 'italic' | 'code' | 'quote' | 'link',
  offset: number,
  length: number,
): Entity => ({
  type,
  offset,
  length,
});

describe('entities', () => {
  test.each<[string, Entity[]]>([
    ['none', []],
    ['up to the end, counted in code points', [span('bold', 0, 3)]],
    ['within each other', [span('bold', 0, 3), span('italic', 1, 2)]],
    ['with the same place', [span('code', 0, 2), span('quote', 0, 2)]],
    ['side by side, in any order', [span('bold', 2, 1), span('bold', 0, 2)]],
    ['an address', [{ type: 'link', offset: 0, length: 1, url: 'https://example.org/' }]],
  ])('[TEXT3] are taken: %s', (_what, entities) => expect(entitiesFault('a👩b', entities)).toBeUndefined());

  test.each<[string, Entity[], string]>([
    ['beyond the text', [span('bold', 1, 3)], 'An entity reaches beyond the text.'],
    ['that cross', [span('bold', 0, 2), span('italic', 1, 2)], 'Two entities cross'],
    ['quotes within code', [span('code', 0, 3), span('quote', 1, 1)], 'There is no quote within code.'],
    [
      'with a script',
      [{ type: 'link', offset: 0, length: 1, url: 'javascript:alert(1)' }],
      'The address of a link',
    ],
    [
      'with a name before the host',
      [{ type: 'link', offset: 0, length: 1, url: 'https://a@b.org' }],
      'The address',
    ],
  ])('[TEXT3] are refused: %s', (_what, entities, fault) => {
    expect(entitiesFault('a👩b', entities)).toStartWith(fault);
  });

  test('[TEXT3] of a later version leave a reader the text, and are not taken from who sends', () => {
    const given = { type: 'text', text: 'x', entities: [{ type: 'blink', offset: 0, length: 1 }] };
    expect(anyContent.parse(given)).toEqual({ type: 'text', text: 'x', entities: undefined } as never);
    expect(content.safeParse(given).success).toBe(false);
  });
});
