import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { RelationEventAct, RoomId, Seq } from '@maru/protocol';
import fc from 'fast-check';
import { FACTS_RULES_VERSION } from '../../core/room/state.ts';
import type { LogEntry } from '../../ports/log.ts';
import { type Person, Script } from '../../ports/testing/script.ts';
import { createMemoryEngine } from '../memory/memory-engine.ts';
import { allAnswers } from './testing/all-answers.ts';
import { openForTest, type TestEngine } from './testing/open-for-test.ts';
import { scratchFolder } from './testing/scratch-folder.ts';

const scratch = scratchFolder();
const memory = createMemoryEngine();
let sqlite: TestEngine;

beforeAll(async () => {
  sqlite = await openForTest(scratch.next());
});
afterAll(() => sqlite[Symbol.asyncDispose]());

const PEOPLE = 4;
const ACTS: readonly RelationEventAct[] = [
  'write',
  'request',
  'accept',
  'refuse',
  'remove',
  'block',
  'unblock',
];

/** One step of a story; `who` and `at` choose among what there is. */
const step = fc.record({
  kind: fc.constantFrom(
    'send',
    'send',
    'send',
    'edit',
    'delete',
    'add',
    'leave',
    'remove',
    'rename',
    'refuse',
    'marks',
    'relate',
    'relate',
  ),
  who: fc.nat({ max: PEOPLE - 1 }),
  whom: fc.nat({ max: PEOPLE - 1 }),
  at: fc.nat(),
  /** What happens after it. */
  afterwards: fc.constantFrom('go on', 'go on', 'append', 'append and settle'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test('[ORD5] SQLite answers every read as the memory engine does, however far its projections are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const script = new Script(memory.log.head);
      const people = Array.from({ length: PEOPLE }, () => script.person());
      const [first, second] = people;
      if (first === undefined || second === undefined) return;
      const history = steps.length % 2 === 0 ? 'all' : 'since-joined';
      const created =
        steps.length % 3 === 0
          ? script.direct(first, second, { rulesVersion: FACTS_RULES_VERSION })
          : script.group(first, people.slice(1, 3), history);
      let pending: LogEntry[] = [created];
      const append = async () => {
        for (const engine of [memory, sqlite]) await engine.log.append(pending);
        pending = [];
      };
      for (const one of steps) {
        pending.push(...entriesOf(script, created.room, people, one));
        if (one.afterwards === 'go on') continue;
        await append();
        if (one.afterwards === 'append and settle') await sqlite.checkpoint();
      }
      await append();
      const asked = [
        created.room,
        people.map(({ user }) => user),
        people.map(({ device }) => device),
      ] as const;
      expect(await allAnswers(sqlite, ...asked)).toEqual(await allAnswers(memory, ...asked));
    }),
    { numRuns: 30 },
  );
}, 60_000);

function entriesOf(script: Script, room: RoomId, people: readonly Person[], one: Step): LogEntry[] {
  const state = script.state(room);
  const [who, whom] = [people[one.who], people[one.whom]];
  if (who === undefined || whom === undefined) return [];
  const seq = (1 + (one.at % state.seq)) as Seq;
  // Nobody comes into a direct room.
  if (state.roomKind === 'direct' && (one.kind === 'add' || one.kind === 'remove')) return [];
  switch (one.kind) {
    case 'send':
      return [script.send(room, who, one.at % 9 === 0 ? { body: `"the whole ${one.at}"` } : {})];
    case 'edit':
      return seq === 1 ? [] : [script.edit(room, who, seq, `edited ${one.at}`)];
    case 'delete':
      return seq === 1 ? [] : [script.delete(room, who, seq)];
    case 'add':
      return state.members.has(whom.user) ? [] : [script.add(room, who, [whom])];
    case 'leave':
      return state.members.has(who.user) ? [script.leave(room, who)] : [];
    case 'remove':
      return state.members.has(whom.user) ? [script.remove(room, who, whom)] : [];
    case 'rename':
      return [script.rename(room, who, `name ${one.at}`)];
    case 'relate':
      return [script.relate(room, who, ACTS[one.at % ACTS.length] ?? 'write')];
    case 'refuse':
      return [script.refuse(room, who, 'forbidden')];
    case 'marks':
      return [
        script.marks(room, who, { read: seq, readOrdinal: seq, readOwn: one.whom, unread: one.at % 2 === 0 }),
      ];
    default:
      return [];
  }
}
