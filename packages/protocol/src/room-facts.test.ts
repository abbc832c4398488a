import { describe, expect, test } from 'bun:test';
import { newUserId } from './id-codec.ts';
import { seq, userId } from './ids.ts';
import { type FactsEvent, factsAfter, NO_FACTS, roomFacts } from './room-facts.ts';

const sender = userId.parse(newUserId());
let number = 1;
const event = (change: FactsEvent['change'], refersTo?: number): FactsEvent => ({
  kind: change?.type ?? 'message',
  seq: seq.parse(number++),
  sender,
  change,
  ...(refersTo !== undefined && { refersTo: seq.parse(refersTo) }),
});

describe('[ORD8] the facts of a room', () => {
  test('are the same object where an event changes none of them', () => {
    const facts = factsAfter(NO_FACTS, event({ type: 'described', description: '조용한 방' }));
    expect(factsAfter(NO_FACTS, event(undefined))).toBe(NO_FACTS);
    expect(factsAfter(facts, event({ type: 'renamed', name: 'x' }))).toBe(facts);
  });

  test('hold what the group is for, until it is taken away', () => {
    const described = factsAfter(NO_FACTS, event({ type: 'described', description: '조용한 방' }));
    expect(described).toEqual({ description: '조용한 방' });
    expect(factsAfter(described, event({ type: 'described', description: '' }))).toEqual({});
  });

  test('hold how long messages stay, until that is for ever', () => {
    const timed = factsAfter(NO_FACTS, event({ type: 'timer-set', seconds: 60 }));
    expect(timed).toEqual({ expiresAfter: 60 });
    expect(factsAfter(timed, event({ type: 'timer-set', seconds: 0 }))).toEqual({});
  });

  test('[TALK9] hold what is pinned, the newest first, until it is taken down, deleted, or has expired', () => {
    const pinned = [5, 3, 9].reduce(
      (facts, target) => factsAfter(facts, event({ type: 'pinned', on: true }, target)),
      factsAfter(NO_FACTS, event({ type: 'described', description: 'a' })),
    );
    expect(pinned).toEqual({ description: 'a', pins: [9, 3, 5].map((target) => seq.parse(target)) });
    expect(roomFacts.parse(pinned)).toEqual(pinned);
    expect(factsAfter(pinned, event({ type: 'pinned', on: true }, 3))).toBe(pinned);
    const one = factsAfter(pinned, event({ type: 'pinned', on: false }, 3));
    expect(one.pins).toEqual([9, 5].map((target) => seq.parse(target)));
    const deletion = (target: number) => ({ ...event(undefined, target), kind: 'deletion' });
    expect(factsAfter(one, deletion(7))).toBe(one);
    expect(factsAfter(NO_FACTS, deletion(7))).toBe(NO_FACTS);
    expect(factsAfter(factsAfter(one, deletion(9)), deletion(5))).toEqual({ description: 'a' });
    const expired = (...seqs: number[]) =>
      event({ type: 'expired', messages: [{ sender, seqs: seqs.map((each) => seq.parse(each)) }] });
    expect(factsAfter(one, expired(7))).toBe(one);
    expect(factsAfter(one, expired(5, 7)).pins).toEqual([seq.parse(9)]);
  });

  test('pass their own schema', () => {
    const facts = factsAfter(NO_FACTS, event({ type: 'described', description: 'a' }));
    expect(roomFacts.parse(facts)).toEqual(facts);
  });
});
