import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import fc from 'fast-check';
import { content } from '../../core/room/testing/people.ts';
import { createMemoryEngine, type MemoryEngine } from '../../engines/memory/memory-engine.ts';
import { createFloor, type Floor, type TestDevice } from '../../main/testing/floor.ts';

/** Answers that come when they are let through. */
class Gates {
  readonly #held: (() => void)[] = [];
  isOpen = true;

  async pass<T>(answer: Promise<T>): Promise<T> {
    const settled = await answer;
    if (!this.isOpen) await new Promise<void>((resolve) => this.#held.push(resolve));
    return settled;
  }

  letOne(): void {
    this.#held.shift()?.();
  }

  open(): void {
    this.isOpen = true;
    for (const let1 of this.#held.splice(0)) let1();
  }
}

/**
 * The engine behind slow threads: reads answer late with what was there when they were asked, and appends are seen by
 * the reads before their caller hears of them.
 */
function slowly(engine: MemoryEngine, reads: Gates, appends: Gates): MemoryEngine {
  const { log, inboxes } = engine;
  return {
    ...engine,
    log: {
      get head() {
        return log.head;
      },
      epoch: log.epoch,
      append: (entries) => appends.pass(log.append(entries)),
      replay: (after) => log.replay(after),
    },
    inboxes: {
      ...inboxes,
      roomsOf: (user) => reads.pass(inboxes.roomsOf(user)),
      heads: (rooms) => reads.pass(inboxes.heads(rooms)),
    },
  };
}

const step = fc.constantFrom(
  ...(['a sends', 'b sends', 'b marks', 'a deletes', 'b goes', 'b comes', 'a renames'] as const),
  ...(['opens', 'opens', 'read', 'read', 'read', 'append', 'append', 'append'] as const),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const settle = async () => {
  for (let i = 0; i < 25; i++) await Promise.resolve();
};

async function play(steps: readonly Step[]) {
  const [reads, appends] = [new Gates(), new Gates()];
  const engine = slowly(createMemoryEngine(), reads, appends);
  const floor = createFloor({ engine });
  const [a, b] = [floor.device(0), floor.device(1)];
  const room = await a.createGroup([1]);
  reads.isOpen = false;
  appends.isOpen = false;
  const under: Promise<unknown>[] = [];
  let sent = 1;
  const take = (taken: Step, a: TestDevice, b: TestDevice, floor: Floor): unknown => {
    switch (taken) {
      case 'a sends':
        sent++;
        return a.do(room, { kind: 'send', content: content('a') });
      case 'b sends':
        sent++;
        return b.do(room, { kind: 'send', content: content('b') });
      case 'b marks':
        return floor.inboxes.mark(b.user, b.device, room, { read: sent as Seq });
      case 'a deletes':
        return a.do(room, { kind: 'delete', refersTo: sent as Seq });
      case 'b goes':
        return a.do(room, { kind: 'remove', user: b.user });
      case 'b comes':
        return a.do(room, { kind: 'add', users: [b.user] });
      case 'a renames':
        return a.do(room, { kind: 'rename', name: `이름 ${sent}` });
      case 'opens':
        return b.open();
      case 'read':
        return reads.letOne();
      case 'append':
        return appends.letOne();
    }
  };
  for (const taken of steps) {
    under.push(Promise.resolve(take(taken, a, b, floor)));
    await settle();
  }
  reads.open();
  appends.open();
  await Promise.all(under);
  return { floor, engine, b };
}

test('[SYNC1][SYNC4] however reads and commits overtake each other, memory ends as the store is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30, size: 'max' }), async (steps) => {
      const { floor, engine, b } = await play(['opens', ...steps]);
      const inMemory = await floor.inboxes.sync(b.user, '1.0' as never, 0);
      const fresh = createFloor({ engine: engine.reopen() });
      expect(floor.faults).toEqual([]);
      expect(inMemory).toEqual(await fresh.inboxes.sync(b.user, '1.0' as never, 0));
    }),
    { numRuns: 300 },
  );
});
