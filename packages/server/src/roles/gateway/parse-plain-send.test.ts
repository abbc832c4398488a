import { expect, test } from 'bun:test';
import { upFrame } from '@maru/protocol';
import fc from 'fast-check';
import { parsePlainSend } from './parse-plain-send.ts';

const room = 'room_01h455vb4pex5vsknk084sn02q';
const clientMessageId = '01a1fd33-5059-7000-8000-000000000203';
const content = { type: 'text', text: '안녕하세요' };
const plain = { kind: 'send', room, clientMessageId, content };

test('a message of text and nothing else is read as the schemas read it', () => {
  const frame = parsePlainSend(JSON.stringify(plain));
  expect(frame).toEqual(upFrame.parse(plain) as typeof frame);
});

test('whatever is taken is what the schemas make of the same text', () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(room, clientMessageId, content, 'text', 'send'));
  const key = fc.constantFrom('kind', 'room', 'clientMessageId', 'content', 'mentions', 'x', '__proto__');
  const changed = (base: object) =>
    fc.array(fc.tuple(key, odd), { maxLength: 3 }).map((changes) => {
      const entries = new Map<string, unknown>(Object.entries(base));
      for (const [name, value] of changes) {
        if (value === null) entries.delete(name);
        else entries.set(name, value);
      }
      return `{${[...entries].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)}}`;
    });
  const contents = fc.oneof(fc.constant(JSON.stringify(content)), changed(content), changed({}));
  const texts = fc.tuple(changed(plain), contents).map(([frame, inner]) => {
    return frame.replace(JSON.stringify(content), () => inner);
  });
  let taken = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const frame = parsePlainSend(text);
      if (frame === undefined) return;
      taken++;
      const parsed = upFrame.safeParse(JSON.parse(text));
      expect(parsed.data).toEqual(frame);
    }),
    { numRuns: 2_000 },
  );
  expect(taken).toBeGreaterThan(10);
});

test('all else is left to the schemas', () => {
  for (const other of [
    { ...plain, kind: 'edit' },
    { ...plain, mentions: [] },
    { ...plain, unknown: 1 },
    { ...plain, room: `${room}x` },
    { ...plain, clientMessageId: clientMessageId.toUpperCase() },
    { ...plain, content: { ...content, replyTo: 1 } },
    { ...plain, content: { type: 'text' } },
    { ...plain, content: { type: 'text', text: 1 } },
    { ...plain, content: { type: 'media', text: '' } },
    { ...plain, content: null },
    { ...plain, content: { type: 'text', text: 'x'.repeat(4_096) } },
  ]) {
    expect(parsePlainSend(JSON.stringify(other))).toBeUndefined();
  }
  expect(parsePlainSend(`${JSON.stringify(plain)}}`)).toBeUndefined();
  expect(parsePlainSend(`{"kind":"send","__proto__":${JSON.stringify(plain)}}`)).toBeUndefined();
});
