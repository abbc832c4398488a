import { describe, expect, test } from 'bun:test';
import { newUserId } from './id-codec.ts';
import { seq, userId } from './ids.ts';
import { type FactsEvent, factsAfter, NO_FACTS, roomFacts } from './room-facts.ts';

const sender = userId.parse(newUserId());
let number = 1;
const event = (change: FactsEvent['change']): FactsEvent => ({ seq: seq.parse(number++), sender, change });

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

  test('pass their own schema', () => {
    const facts = factsAfter(NO_FACTS, event({ type: 'described', description: 'a' }));
    expect(roomFacts.parse(facts)).toEqual(facts);
  });
});
