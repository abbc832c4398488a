import { describe, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { type Content, type Entity, limits, type TextContent, textContent } from '@maru/protocol';
import { encodeContent } from './long-content.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const preview = (content: Content) => textContent.parse(JSON.parse(encodeContent(content).content));

/** A text content of just so many encoded bytes. */
function ofBytes(bytes: number): TextContent {
  const empty = JSON.stringify({ type: 'text', text: '' }).length;
  return { type: 'text', text: 'x'.repeat(bytes - empty) };
}

describe('encodeContent', () => {
  test('[LIMIT5] content up to the limit travels whole', () => {
    const content = ofBytes(limits.LONG_CONTENT_BYTES_MIN);
    const encoded = encodeContent(content);
    expect(JSON.parse(encoded.content)).toEqual(content);
    expect(encoded.body).toBeUndefined();
  });

  test('[LIMIT5] one byte more travels as a preview, with size, length and hash of the whole', () => {
    const content = ofBytes(limits.LONG_CONTENT_BYTES_MIN + 1);
    const { body = '' } = encodeContent(content);
    expect(JSON.parse(body)).toEqual(content);
    expect(preview(content)).toEqual({
      type: 'text',
      text: 'x'.repeat(limits.PREVIEW_CHARS_MAX),
      long: {
        bytes: limits.LONG_CONTENT_BYTES_MIN + 1,
        codePoints: content.text.length,
        sha256: sha256(body),
      },
    });
  });

  test('[LIMIT5] it is bytes that count, not characters', () => {
    const text = '마'.repeat(1_400);
    expect(encodeContent({ type: 'text', text }).body).toContain(text);
  });

  test('[LIMIT5] the preview never cuts a character in two', () => {
    const { text } = preview({ type: 'text', text: '😀'.repeat(3_000) });
    expect(text).toBe('😀'.repeat(limits.PREVIEW_CHARS_MAX));
  });

  test('[LIMIT5] entities are cut at the end of the preview, and those behind it left out', () => {
    const at = limits.PREVIEW_CHARS_MAX;
    const entities: Entity[] = [
      { type: 'bold', offset: 0, length: 10 },
      { type: 'italic', offset: at - 5, length: 50 },
      { type: 'code', offset: at, length: 1 },
    ];
    expect(
      preview({
        type: 'text',
        text: 'x'.repeat(5_000),
        entities,
        replyTo: 3 as never,
        forwarded: { sentAt: 7 },
      }),
    ).toMatchObject({
      entities: [
        { type: 'bold', offset: 0, length: 10 },
        { type: 'italic', offset: at - 5, length: 5 },
      ],
      replyTo: 3,
      forwarded: { sentAt: 7 },
    });
  });

  test('[LIMIT5] a preview stays small, however many entities its beginning has and whatever is escaped', () => {
    const url = `https://example.org/${'x'.repeat(1_000)}`;
    const entities = Array.from(
      { length: 1_000 },
      (): Entity => ({ type: 'link', offset: 0, length: 1, url }),
    );
    const { content } = encodeContent({ type: 'text', text: '\u0001'.repeat(90_000), entities });
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(limits.LONG_CONTENT_BYTES_MIN + 512);
  });

  test('[LIMIT5] of a content that the server cannot read, the preview has the type alone', () => {
    const content = { type: 'sealed', bytes: 'x'.repeat(5_000) };
    const encoded = encodeContent(content);
    expect(JSON.parse(encoded.body ?? '')).toEqual(content);
    expect(JSON.parse(encoded.content)).toEqual({
      type: 'sealed',
      long: { bytes: JSON.stringify(content).length, sha256: sha256(JSON.stringify(content)) },
    });
  });

  test('what a client says in `long` is ignored', () => {
    const long = { bytes: 1, sha256: '0'.repeat(64) };
    expect(encodeContent({ type: 'text', text: 'x', long }).content as string).toBe(
      '{"type":"text","text":"x"}',
    );
    expect(encodeContent({ type: 'sealed', long }).content as string).toBe('{"type":"sealed"}');
  });
});
