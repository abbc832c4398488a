import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type RelationEventAct, type RoomId, roomSettingName, type Seq } from '@maru/protocol';
import fc from 'fast-check';
import type { RoomEvent } from '../../core/room/event.ts';
import { FACTS_RULES_VERSION } from '../../core/room/state.ts';
import type { LogEntry } from '../../ports/log.ts';
import { type Person, Script } from '../../ports/testing/script.ts';
import { createMemoryEngine } from '../memory/memory-engine.ts';
import { allAnswers, allSettings } from './testing/all-answers.ts';
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
    'send until',
    'expire',
    'edit',
    'delete',
    'add',
    'leave',
    'remove',
    'rename',
    'react',
    'react',
    'pin',
    'refuse',
    'marks',
    'set',
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
      const story: Story = { expiring: [], standing: new Set(), readers: new Set() };
      const [first, second] = people;
      if (first === undefined || second === undefined) return;
      const history = steps.length % 2 === 0 ? 'all' : 'since-joined';
      const isChannel = steps.length % 5 === 0;
      const created = isChannel
        ? script.channel(first, `Channel ${script.clientMessageId()}`)
        : steps.length % 3 === 0
          ? script.direct(first, second, { rulesVersion: FACTS_RULES_VERSION })
          : script.group(first, people.slice(1, 3), history);
      let pending: LogEntry[] = [created];
      const append = async () => {
        for (const engine of [memory, sqlite]) await engine.log.append(pending);
        pending = [];
      };
      for (const one of steps) {
        pending.push(...entriesOf(script, created.room, people, one, story));
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
      for (const { user } of people)
        expect(await allSettings(sqlite, user)).toEqual(await allSettings(memory, user));
    }),
    { numRuns: 30 },
  );
}, 60_000);

interface Story {
  /** The messages that will vanish and have not yet. */
  readonly expiring: (readonly [Seq, Person])[];
  /** The reactions that are on. */
  readonly standing: Set<string>;
  /** Who reads the channel, its owner aside. */
  readonly readers: Set<Person>;
}

/** Who is named: mostly nobody, else one or two, or everybody. */
function naming({ at, whom }: Step, people: readonly Person[]): Partial<RoomEvent> {
  if (at % 7 === 0) return { mentionsAll: true };
  if (at % 3 !== 0) return {};
  return { mentions: people.slice(whom, whom + 2).map(({ user }) => user) };
}

function entriesOf(
  script: Script,
  room: RoomId,
  people: readonly Person[],
  one: Step,
  { expiring, standing, readers }: Story,
): LogEntry[] {
  const state = script.state(room);
  const [who, whom] = [people[one.who], people[one.whom]];
  if (who === undefined || whom === undefined) return [];
  if (state.roomKind === 'channel' && ['add', 'leave', 'remove'].includes(one.kind))
    return readerOf(script, room, people, one, readers);
  const seq = (1 + (one.at % state.seq)) as Seq;
  // Nobody comes into a direct room.
  if (state.roomKind === 'direct' && (one.kind === 'add' || one.kind === 'remove')) return [];
  switch (one.kind) {
    case 'send':
      return [
        script.send(room, who, {
          event: naming(one, people),
          ...(one.at % 9 === 0 && { body: `"the whole ${one.at}"` }),
        }),
      ];
    case 'send until': {
      const sent = script.sendUntil(room, who, 5_000 + (one.at % 5), { event: naming(one, people) });
      expiring.push([sent.event.seq, who]);
      return [sent];
    }
    case 'expire': {
      const gone = expiring.splice(one.at % 3, 2);
      return gone.length === 0 ? [] : [script.expire(room, gone)];
    }
    case 'edit':
      return seq === 1
        ? []
        : [script.edit(room, who, seq, `edited ${one.at}`, undefined, { event: naming(one, people) })];
    case 'delete':
      return seq === 1 ? [] : [script.delete(room, who, seq)];
    case 'react':
      return seq === 1 ? [] : [reactionOf(script, room, who, seq, one, standing)];
    case 'pin':
      return [script.pin(room, who, seq, one.whom % 2 === 0)];
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
    case 'set': {
      const value = one.at % 4 === 0 ? null : JSON.stringify([[seq, seq + one.whom]]);
      return [script.set(who, roomSettingName(one.at % 2 === 0 ? 'hidden' : 'draft', room), value)];
    }
    default:
      return [];
  }
}

/** In a channel who is in it goes or is removed by its owner, and who is not comes in. */
function readerOf(
  script: Script,
  room: RoomId,
  [owner, ...others]: readonly Person[],
  { kind, at }: Step,
  readers: Set<Person>,
): LogEntry[] {
  const reader = others[at % others.length];
  if (reader === undefined) return [];
  if (!readers.delete(reader)) {
    readers.add(reader);
    return [script.reader(room, reader)];
  }
  return [
    kind === 'remove' ? script.reader(room, reader, 'removed', owner) : script.reader(room, reader, 'left'),
  ];
}

const EMOJI = ['👍', '❤️', '😂'];

/** As a room would decide: what stands is taken off, and what does not is put on. */
function reactionOf(script: Script, room: RoomId, who: Person, seq: Seq, one: Step, standing: Set<string>) {
  const reaction = EMOJI[one.whom % EMOJI.length] ?? '';
  const key = `${seq} ${who.user} ${reaction}`;
  const on = !standing.delete(key);
  if (on) standing.add(key);
  return script.react(room, who, seq, reaction, on);
}
