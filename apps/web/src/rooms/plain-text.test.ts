import { expect, test } from 'bun:test';
import { anyContent } from '@maru/protocol';
import { segmentsOf } from '../conversation/segments.ts';
import { entitiesOf, lineOf, plainText } from './plain-text.ts';

test('a text is shown with its looks, and a line of a log as it is', () => {
  const content = anyContent.parse({
    type: 'text',
    text: 'a secret',
    entities: [{ type: 'spoiler', offset: 2, length: 6 }],
  });
  expect(plainText(content)).toBe('a secret');
  expect(lineOf(content)).toBe('a ░░░░░░');
  expect(plainText(anyContent.parse({ type: 'log-line', line: 'a line' }))).toBe('a line');
});

// Nobody has checked what stands in a content of another kind: a stranger may send it with a request.
test.each([
  { entities: 5 },
  { entities: null },
  { entities: [null] },
  { entities: [{ type: 'link', offset: 0, length: 4, url: 'javascript://evil.example/%0aalert(1)' }] },
])('a content of a kind that is not known has no text and no looks, whatever it says: %j', (given) => {
  const content = anyContent.parse({ type: 'later', line: 'here', text: 'here', ...given });
  expect(plainText(content)).toBeUndefined();
  expect(lineOf(content)).toBeUndefined();
  expect(entitiesOf(content)).toEqual([]);
  expect(segmentsOf(content, 'here')).toEqual([{ kind: 'text', text: 'here' }]);
});
