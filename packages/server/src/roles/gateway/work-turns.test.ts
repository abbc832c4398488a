import { expect, test } from 'bun:test';
import { SMALL_COST, WorkTurns } from './work-turns.ts';

/** Turns that are taken by hand. */
function turnsByHand() {
  let deferred: (() => void)[] = [];
  const turns = new WorkTurns((run) => deferred.push(run));
  return {
    turns,
    async turn() {
      const due = deferred;
      deferred = [];
      for (const run of due) run();
      await Promise.resolve();
      return due.length > 0;
    },
  };
}

test('few tasks begin at once, turn after turn', async () => {
  const { turns, turn } = turnsByHand();
  for (let i = 0; i < 100; i++) {
    expect(turns.enter()).toBeUndefined();
    await turn();
  }
});

test('a crowd begins some at a time, in the order in which it came, and who comes then stands behind it', async () => {
  const { turns, turn } = turnsByHand();
  const begun: number[] = [];
  const enter = (number: number) => {
    const wait = turns.enter();
    if (wait === undefined) begun.push(number);
    else void wait.then(() => begun.push(number));
  };
  for (let number = 0; number < 1_000; number++) enter(number);
  const perTurn = begun.length;
  expect(perTurn).toBeGreaterThan(0);
  expect(perTurn).toBeLessThan(100);
  await turn();
  expect(begun).toHaveLength(perTurn * 2);
  enter(1_000);
  for (let turnsTaken = 2; begun.length < 1_001; turnsTaken++) {
    expect(turnsTaken).toBeLessThan(1_001);
    const before = begun.length;
    await turn();
    expect(begun.length - before).toBeLessThanOrEqual(perTurn);
  }
  expect(begun).toEqual(Array.from({ length: 1_001 }, (_, number) => number));
  expect(turns.waiting).toBe(0);
});

test('what costs little begins in greater numbers', async () => {
  const { turns, turn } = turnsByHand();
  let begun = 0;
  for (let number = 0; number < 1_000; number++) turns.run(() => begun++, SMALL_COST);
  const atOnce = begun;
  expect(atOnce).toBeGreaterThan(100);
  expect(atOnce).toBeLessThan(1_000);
  await turn();
  expect(begun).toBe(atOnce * 2);
});

test('it rests when there is nothing to do', async () => {
  const { turns, turn } = turnsByHand();
  for (let number = 0; number < 50; number++) void turns.enter();
  while (await turn());
  expect(turns.enter()).toBeUndefined();
});
