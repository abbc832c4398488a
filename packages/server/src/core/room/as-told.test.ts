import { describe, expect, test } from 'bun:test';
import type { RelationEventAct, Seq } from '@maru/protocol';
import { asTold, isToldOtherwise } from './as-told.ts';
import { content, device, idAt, START, user } from './testing/people.ts';

const [mina, jun] = [user(0), user(1)];

function event(act: RelationEventAct) {
  return {
    ...{ seq: 4 as Seq, at: START, kind: 'related' as const, sender: mina, counts: false, ordinal: 2 },
    ...{ device: device(0, 0), clientMessageId: idAt(START), content: content('why') },
    change: { type: 'related' as const, act },
  };
}
const bare = { seq: 4 as Seq, at: START, sender: mina, counts: false, ordinal: 2 };

describe('what the other is told', () => {
  test.each([
    ['refuse', { ...bare, kind: 'related' }],
    ['remove', { ...bare, kind: 'related' }],
    ['block', { ...bare, kind: 'left', change: { type: 'left' } }],
    ['unblock', { ...bare, kind: 'joined', change: { type: 'joined', users: [mina] } }],
  ] as const)('[REL5][REL6] of %s', (act, told) => {
    expect(asTold(event(act), jun) as unknown).toEqual(told);
    expect(asTold(event(act), mina)).toEqual(event(act));
    expect(isToldOtherwise(event(act))).toBe(true);
  });

  test.each(['request', 'accept', 'cancel', 'write'] as const)('is all of %s', (act) => {
    expect(asTold(event(act), jun)).toEqual(event(act));
    expect(isToldOtherwise(event(act))).toBe(false);
  });

  test('[REL6] of a room that began with a block is that it began', () => {
    const change = {
      type: 'created' as const,
      roomKind: 'direct' as const,
      history: 'all' as const,
      members: [mina, jun],
    };
    const created = {
      ...event('write'),
      kind: 'created' as const,
      change: { ...change, act: 'block' as const },
    };
    expect(asTold(created, jun).change as unknown).toEqual(change);
    expect(asTold(created, mina)).toEqual(created);
  });
});
