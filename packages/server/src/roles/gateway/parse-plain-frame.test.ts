import { expect, test } from 'bun:test';
import { upFrame } from '@maru/protocol';
import fc from 'fast-check';
import { parsePlainFrame } from './parse-plain-frame.ts';

const room = 'room_01h455vb4pex5vsknk084sn02q';
const clientMessageId = '01a1fd33-5059-7000-8000-000000000203';
const content = { type: 'text', text: '안녕하세요' };
const send = { kind: 'send', room, clientMessageId, content };
const beat = { kind: 'beat', state: 'away', cursor: 'x.1' };

test('a message of text and nothing else, and a beat, are read as the schemas read them', () => {
  for (const plain of [send, beat, { ...beat, cursor: 'x'.repeat(200) }]) {
    const frame = parsePlainFrame(JSON.stringify(plain));
    expect(frame).toEqual(upFrame.parse(plain) as typeof frame);
  }
});

test('whatever is taken is what the schemas make of the same text', () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(room, clientMessageId, content, 'text', 'send', 'beat', 'active', ''),
  );
  const key = fc.constantFrom(
    ...['kind', 'room', 'clientMessageId', 'content', 'mentions', 'state', 'cursor', 'x', '__proto__'],
  );
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
  const sends = fc.tuple(changed(send), contents).map(([frame, inner]) => {
    return frame.replace(JSON.stringify(content), () => inner);
  });
  const taken = { send: 0, beat: 0 };
  fc.assert(
    fc.property(fc.oneof(sends, changed(beat)), (text) => {
      const frame = parsePlainFrame(text);
      if (frame === undefined) return;
      taken[frame.kind]++;
      const parsed = upFrame.safeParse(JSON.parse(text));
      expect(parsed.data).toEqual(frame);
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(taken.send, taken.beat)).toBeGreaterThan(10);
});

test('all else is left to the schemas', () => {
  for (const other of [
    { ...send, kind: 'edit' },
    { ...send, mentions: [] },
    { ...send, unknown: 1 },
    { ...send, room: `${room}x` },
    { ...send, clientMessageId: clientMessageId.toUpperCase() },
    { ...send, content: { ...content, replyTo: 1 } },
    { ...send, content: { type: 'text' } },
    { ...send, content: { type: 'text', text: 1 } },
    { ...send, content: { type: 'media', text: '' } },
    { ...send, content: null },
    { ...send, content: { type: 'text', text: 'x'.repeat(4_096) } },
    { ...beat, state: 'asleep' },
    { ...beat, cursor: '' },
    { ...beat, cursor: 'x'.repeat(201) },
    { ...beat, cursor: undefined },
    { ...beat, more: true },
  ]) {
    expect(parsePlainFrame(JSON.stringify(other))).toBeUndefined();
  }
  expect(parsePlainFrame(`${JSON.stringify(send)}}`)).toBeUndefined();
  expect(parsePlainFrame(`{"kind":"send","__proto__":${JSON.stringify(send)}}`)).toBeUndefined();
});
