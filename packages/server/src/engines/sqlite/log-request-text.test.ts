import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { Position } from '../../ports/position.ts';
import { Script } from '../../ports/testing/script.ts';
import { fromRequestText, toRequestText } from './log-request-text.ts';
import { toLogRow } from './log-row.ts';

test('a request comes out as it went in, whatever is written in its contents', () => {
  const texts = fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 });
  fc.assert(
    fc.property(texts, texts, (contents, bodies) => {
      const script = new Script(0 as Position);
      const ana = script.person();
      const created = script.group(ana);
      const sent = contents.map((content) => script.send(created.room, ana, { content }));
      const request = {
        kind: 'commit',
        rows: [created, ...sent, script.refuse(created.room, ana, 'forbidden')].map((entry) =>
          toLogRow(entry),
        ),
        bodies: bodies.map((body, index) => [index, body] as const),
        operations: [{ method: 'departed', args: ['a\nb'] }],
      } as const;
      expect(fromRequestText(toRequestText(request))).toEqual(request);
    }),
  );
  expect(fromRequestText(toRequestText({ kind: 'open', path: 'a\nb' }))).toEqual({
    kind: 'open',
    path: 'a\nb',
  });
});
