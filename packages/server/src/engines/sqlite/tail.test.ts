import { expect, test } from 'bun:test';
import type { Position } from '../../ports/position.ts';
import { encode, Script } from '../../ports/testing/script.ts';
import { Tail } from './tail.ts';

const at = (position: number) => position as Position;

test('what is sealed stays until the projections have it, and then goes at once', () => {
  const script = new Script(at(0));
  const ana = script.person();
  const tail = new Tail(at(0));
  const created = script.group(ana);
  const seqs = () => [...tail.of(created.room)].flatMap(({ events }) => events.map(({ seq }) => Number(seq)));
  tail.add(created);
  tail.add(script.send(created.room, ana));
  const through = tail.seal();
  expect(through).toBe(at(2));
  tail.add(script.send(created.room, ana));
  expect(tail.openEntries).toBe(1);
  expect(seqs()).toEqual([1, 2, 3]);
  tail.drop(at(1));
  expect(seqs()).toEqual([1, 2, 3]);
  tail.drop(through);
  expect(seqs()).toEqual([3]);
  expect(tail.through).toBe(at(3));
  tail.drop(tail.seal());
  expect(seqs()).toEqual([]);
  expect(tail.bytes).toBe(0);
});

test('[PRIV8] the tail holds no content', () => {
  const script = new Script(at(0));
  const ana = script.person();
  const tail = new Tail(at(0));
  const created = script.group(ana);
  tail.add(created);
  const sent = script.send(created.room, ana, { content: 'secret', body: encode('secret') });
  tail.add(sent);
  tail.add(script.edit(created.room, ana, sent.event.seq, 'secret', encode('secret')));
  const held = JSON.stringify([...tail.of(created.room)].map(({ events, rare }) => ({ events, rare })));
  expect(held).toContain(sent.event.clientMessageId ?? '');
  expect(held).not.toContain('secret');
});
