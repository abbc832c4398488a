import { describe, expect, test } from 'bun:test';
import type { RoomId, Seq } from '@maru/protocol';
import fc from 'fast-check';
import { content, group } from '../../core/room/testing/people.ts';
import { accepted, createFloor, type Floor } from '../../main/testing/floor.ts';
import type { StoredEvent } from '../../ports/room-store.ts';
import { EventTails, TAILS_CHARS_MAX } from './event-tails.ts';

/** A room, its tails, and how often the store was asked. */
async function watched(floor: Floor, number = 0) {
  const a = floor.device(0);
  const room = await a.createGroup([], 'all', number);
  const counted = { reads: 0 };
  /** Answers of the store wait for it. */
  const gate = { promise: Promise.resolve(), open: () => {} };
  const tails = new EventTails({
    events: async (...range) => {
      counted.reads++;
      const events = await floor.engine.rooms.events(...range);
      await gate.promise;
      return events;
    },
  });
  const stored = (from: number, to: number) => floor.engine.rooms.events(room, from, to);
  /** What was committed since, told as the feed tells it. */
  let told = floor.engine.log.head;
  const tell = async () => {
    for await (const batch of floor.engine.log.replay(told)) {
      for (const entry of batch) if (entry.type === 'event') tails.committed(entry);
    }
    told = floor.engine.log.head;
  };
  return { a, room, counted, gate, tails, stored, tell };
}

const seqs = (events: readonly StoredEvent[]) => events.map(({ seq }) => seq as number);

test('the end of a room is read once, and follows the commits', async () => {
  const floor = createFloor();
  const { a, room, counted, tails, tell } = await watched(floor);
  for (let i = 0; i < 29; i++) await a.send(room);
  await tell();
  expect(seqs(await tails.events(room, 11, 30, 30))).toHaveLength(20);
  for (let head = 31; head <= 200; head++) {
    await a.send(room);
    await tell();
    expect(seqs(await tails.events(room, head - 19, head, head))).toEqual(
      Array.from({ length: 20 }, (_, i) => head - 19 + i),
    );
  }
  expect(counted.reads).toBe(1);
  await tails.events(room, 1, 20, 200); // The middle is not kept.
  expect(counted.reads).toBe(2);
});

describe('[PRIV8] what is kept is what the store gives', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('send' as const) }),
    fc.record({
      do: fc.constantFrom('edit' as const, 'delete' as const, 'react' as const),
      at: fc.integer({ min: 2, max: 30 }),
    }),
    fc.record({ do: fc.constant('read' as const), count: fc.integer({ min: 1, max: 60 }) }),
  );

  test('[PRIV8] after any edits, reactions and deletions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const floor = createFloor();
        const { a, room, tails, stored, tell } = await watched(floor);
        for (const taken of steps) {
          const head = (await stored(1, 1_000)).length;
          if (taken.do === 'read') {
            const from = Math.max(1, head - taken.count + 1);
            expect(await tails.events(room, from, head, head)).toEqual(await stored(from, head));
          } else if (taken.do === 'send') {
            await a.send(room, `${head}`);
          } else if (taken.do === 'react') {
            await a.do(room, {
              kind: 'react',
              refersTo: taken.at as Seq,
              reaction: '👍',
              on: head % 2 === 0,
            });
          } else if (taken.do === 'edit') {
            await a.do(room, { kind: 'edit', refersTo: taken.at as Seq, content: content(`edit ${head}`) });
          } else {
            await a.do(room, { kind: 'delete', refersTo: taken.at as Seq });
          }
          await tell();
        }
      }),
      { numRuns: 60 },
    );
  });

  test('[PRIV8] when what is erased is an edit of something older than all that is kept', async () => {
    const floor = createFloor();
    const { a, room, tails, tell } = await watched(floor);
    const old = await a.send(room);
    for (let i = 0; i < 30; i++) await a.send(room);
    const edit = accepted(await a.do(room, { kind: 'edit', refersTo: old, content: content('secret') }));
    await tell();
    expect(JSON.stringify(await tails.events(room, edit - 9, edit, edit))).toContain('secret');
    accepted(await a.do(room, { kind: 'delete', refersTo: old }));
    await tell();
    expect(JSON.stringify(await tails.events(room, edit - 9, edit, edit))).not.toContain('secret');
  });

  test('[PRIV8] when the change comes while the room is being read', async () => {
    const floor = createFloor();
    const { a, room, stored, tell, gate, tails } = await watched(floor);
    const seq = await a.send(room, 'secret');
    await tell();
    gate.promise = new Promise((resolve) => {
      gate.open = resolve;
    });
    const reading = tails.events(room, 1, seq, seq);
    accepted(await a.do(room, { kind: 'delete', refersTo: seq }));
    await tell();
    gate.open();
    expect(JSON.stringify(await reading)).toContain('secret'); // It was asked for before.
    expect(await tails.events(room, 1, seq, seq)).toEqual(await stored(1, seq));
  });
});

test('of too much the rooms go that nobody asked for longest', async () => {
  const floor = createFloor();
  const a = floor.device(0);
  const big = content('x'.repeat(TAILS_CHARS_MAX / 16));
  const rooms: RoomId[] = [];
  for (let number = 1; number <= 12; number++) {
    const room = await a.createGroup([], 'all', number);
    accepted(await a.do(room, { kind: 'send', content: big }));
    rooms.push(room);
  }
  let reads = 0;
  const tails = new EventTails({
    events: (...range) => {
      reads++;
      return floor.engine.rooms.events(...range);
    },
  });
  for (const room of rooms) await tails.events(room, 1, 2, 2);
  expect(reads).toBe(12);
  await tails.events(rooms.at(-1) ?? group(0), 1, 2, 2);
  expect(reads).toBe(12);
  await tails.events(rooms[0] ?? group(0), 1, 2, 2);
  expect(reads).toBe(13);
});
