import { expect, test } from 'bun:test';
import type { Seq, UserId } from '@maru/protocol';
import { content, user } from '../../core/room/testing/people.ts';
import { createFloor, type Floor } from '../testing/floor.ts';
import { writtenLater } from '../testing/written-later.ts';
import { verify } from './verify.ts';

/** People who write, change, delete, leave, come back and read, in several rooms. */
async function lively(): Promise<Floor> {
  const floor = createFloor();
  for (let number = 0; number < 7; number++) {
    const users = [0, 1, 2].map((n) => user(n));
    await floor.engine.directory.createPlaceholders(
      users.map((id, n) => ({ user: id, handle: `person_${n}`, name: `${n}`, at: 1 })),
    );
    const [first, second, third] = [floor.device(0), floor.device(1), floor.device(2)];
    const room = await first.createGroup([1, 2], 'all', number);
    const seq = await first.send(room);
    await second.send(room);
    await first.do(room, { kind: 'edit', refersTo: seq, content: content('anew') });
    const gone = await third.send(room);
    await third.do(room, { kind: 'delete', refersTo: gone });
    await second.do(room, { kind: 'rename', name: 'refused' });
    await third.do(room, { kind: 'leave' });
    await first.do(room, { kind: 'add', users: [user(2)] });
    await floor.inboxes.mark(second.user, second.device, room, { read: seq });
  }
  const [first, second] = [floor.device(0), floor.device(1)];
  const direct = await first.befriend(second);
  await second.send(direct);
  await second.do(direct, { kind: 'relate', act: 'block' });
  await first.do(direct, { kind: 'send', content: content('refused') });
  return floor;
}

test.each([1_000, 20, 1])(
  '[DUR6] what was done by the rules has no findings, %d entries at a time',
  async (entriesAPass) => {
    const { engine } = await lively();
    const steps: number[] = [];
    const { entries, rooms, findings } = await verify(engine, {
      entriesAPass,
      onProgress: (done, all) => steps.push(done / all),
    });
    expect(findings).toEqual([]);
    expect({ entries, rooms }).toEqual({ entries: engine.log.head, rooms: 8 });
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(1);
  },
);

test('an empty log has no findings', async () => {
  expect(await verify(createFloor().engine)).toEqual({ entries: 0, rooms: 0, findings: [], found: 0 });
});

test('reads that give something else than the log are found, each where it is', async () => {
  const { engine } = await lively();
  // Of another log: everything that can be read is as after its first room.
  const other = createFloor();
  const room = await other.device(0).createGroup([1, 2], 'all', 0);
  await other.device(0).send(room);
  const mixed = { ...engine, rooms: other.engine.rooms, inboxes: other.engine.inboxes };
  const { found, findings } = await verify(mixed);
  expect(found).toBeGreaterThan(0);
  expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['projection']));
  const seen = findings.filter((finding) => finding.room === room && finding.seq !== undefined);
  const first = Math.min(...seen.map(({ seq = 0 }) => seq));
  expect(first).toBe(2 as Seq);
  expect(findings.some((finding) => finding.user === (user(2) satisfies UserId))).toBe(true);
});

test('[ORD6] of rooms that run by newer rules nothing is said but that', async () => {
  const { engine } = await lively();
  const { findings } = await verify(await writtenLater(engine));
  expect(findings).toHaveLength(8);
  expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['rules']));
});
