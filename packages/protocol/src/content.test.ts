import { describe, expect, test } from 'bun:test';
import { anyContent, content } from './content.ts';
import { newUserId } from './id-codec.ts';
import { ENTITIES_MAX } from './limits.ts';

const user = newUserId();
const accepts = (given: unknown): boolean => content.safeParse(given).success;
const bold = { type: 'bold', offset: 0, length: 1 };

describe('a text', () => {
  test('is taken to the byte, with its reply and its entities', () => {
    const given = {
      type: 'text',
      text: '  👨‍👩‍👧 שלום\u202e e\u0301\n',
      replyTo: 7,
      entities: [
        { type: 'mention', offset: 0, length: 2, user },
        bold,
        { type: 'pre', offset: 1, length: 1, language: 'ts' },
        { type: 'link', offset: 1, length: 1, url: 'https://example.org' },
      ],
    };
    expect(content.parse(given)).toEqual(given as never);
  });

  test('[LIMIT7] has a bounded number of entities', () => {
    const of = (count: number) => ({
      type: 'text',
      text: 'x',
      entities: Array.from({ length: count }, () => bold),
    });
    expect(accepts(of(ENTITIES_MAX))).toBe(true);
    expect(accepts(of(ENTITIES_MAX + 1))).toBe(false);
  });

  const malformed: readonly [string, unknown][] = [
    ['without its text', { type: 'text' }],
    ['with a number for its text', { type: 'text', text: 7 }],
    [
      'with an unknown entity',
      { type: 'text', text: 'x', entities: [{ type: 'blink', offset: 0, length: 1 }] },
    ],
    ['with an empty entity', { type: 'text', text: 'x', entities: [{ type: 'bold', offset: 0, length: 0 }] }],
    [
      'with an entity before its beginning',
      { type: 'text', text: 'x', entities: [{ type: 'bold', offset: -1, length: 1 }] },
    ],
    ['with a reply to nothing', { type: 'text', text: 'x', replyTo: 0 }],
    [
      'with half a position',
      { type: 'text', text: 'x', entities: [{ type: 'bold', offset: 0.5, length: 1 }] },
    ],
  ];
  for (const [what, given] of malformed) {
    test(`${what} is not passed on as something opaque`, () => {
      expect(accepts(given)).toBe(false);
    });
  }
});

describe('a content of another kind', () => {
  test("[PRIV7] that this version can't read is carried as it is", () => {
    const given = { type: 'mls', epoch: 4, ciphertext: 'AAECAw==', nested: { deep: [1, { x: null }] } };
    expect(content.parse(given)).toEqual(given);
    expect(anyContent.parse(given)).toEqual(given);
  });

  test('has a type', () => {
    for (const given of [{}, { type: '' }, { type: 'x'.repeat(33) }, { type: 7 }, null, 'text', []]) {
      expect(accepts(given)).toBe(false);
    }
    expect(accepts({ type: 'x'.repeat(32) })).toBe(true);
  });

  test('is not a line of a log, which no client sends and every reader knows', () => {
    const line = { type: 'log-line', line: '=== maru has joined' };
    expect(accepts(line)).toBe(false);
    expect(anyContent.parse(line)).toEqual(line as never);
  });
});
