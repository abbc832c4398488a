/** Random histories of a group's roles, rights and pace, against rules that are told as simply as can be. */
import { describe, expect, test } from 'bun:test';
import { linkIdOf, newLinkSecret, ownerOf } from '@maru/protocol';
import * as fc from 'fast-check';
import type { CommandBody } from './command.ts';
import { ModelRoom, replay } from './testing/model-room.ts';
import { NaiveRoles } from './testing/naive-roles.ts';
import { command, content, device, group, idAt, START, seq, user } from './testing/people.ts';
import { createGroup } from './testing/room-of.ts';

const USERS = 5;

interface Action {
  readonly by: number;
  readonly body: CommandBody | 'restart';
  /** Milliseconds on the clock until then; it may go back. */
  readonly later: number;
}

const aUser = fc.nat({ max: USERS - 1 });
const level = fc.constantFrom('everyone' as const, 'administrators' as const, 'owner' as const);
const aSecret = fc.nat({ max: 2 }).map((number) => newLinkSecret(new Uint8Array(16).fill(number)));
const of = <K extends CommandBody['kind']>(kind: K) => fc.constant(kind);

const body: fc.Arbitrary<Action['body']> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: of('send'), content: fc.constant(content('hi')) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: of('edit'),
      refersTo: fc.integer({ min: 2, max: 20 }).map(seq),
      content: fc.constant(content('no')),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: of('pin'),
      refersTo: fc.integer({ min: 2, max: 20 }).map(seq),
      on: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: of('add'), users: fc.tuple(aUser.map(user)) }) },
  { weight: 2, arbitrary: fc.record({ kind: of('remove'), user: aUser.map(user) }) },
  { weight: 2, arbitrary: fc.record({ kind: of('leave') }) },
  { weight: 1, arbitrary: fc.record({ kind: of('rename'), name: fc.constantFrom('마루', 'floor') }) },
  { weight: 1, arbitrary: fc.record({ kind: of('describe'), description: fc.constantFrom('', 'x') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: of('set-history'), history: fc.constantFrom('all', 'since-joined') }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: of('set-role'),
      user: aUser.map(user),
      role: fc.constantFrom('owner', 'administrator', 'member'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: of('set-rights'),
      rights: fc.record(
        { send: level, add: level, rename: level, history: level, pin: level },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: of('set-slow-mode'), seconds: fc.constantFrom(0, 60, 3_600) }),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        kind: of('make-link'),
        secret: aSecret,
        usesMax: fc.integer({ min: 1, max: 2 }),
        expiresAt: fc.constant(START + 7_200_000),
        approval: fc.boolean(),
      },
      { requiredKeys: ['kind', 'secret', 'approval'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: of('revoke-link'), link: aSecret.map(linkIdOf) }) },
  { weight: 4, arbitrary: fc.record({ kind: of('join'), secret: aSecret }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: of('answer-join'), user: aUser.map(user), accept: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constant('restart') },
);
const action: fc.Arbitrary<Action> = fc.record({
  by: aUser,
  body,
  later: fc.constantFrom(0, 0, 1_000, 59_999, 60_000, 3_600_000, -60_000),
});

function play(actions: readonly Action[]): { room: ModelRoom; naive: NaiveRoles } {
  const room = new ModelRoom(group());
  let [now, minted] = [START, 0];
  const naive = new NaiveRoles();
  const submit = (by: number, given: CommandBody) => {
    const decision = room.submit(
      command(given, {
        sender: user(by),
        device: device(by, 0),
        clientMessageId: idAt(START, ++minted),
        now,
      }),
    );
    if (decision.kind === 'event') naive.take(decision.event, now < decision.event.at);
  };
  submit(0, createGroup(3));
  for (const { by, body: given, later } of actions) {
    now += later;
    if (given === 'restart') room.restart();
    else submit(by, given);
  }
  return { room, naive };
}

function histories(check: (room: ModelRoom, naive: NaiveRoles) => void): void {
  void fc.assert(
    fc.property(fc.array(action, { maxLength: 100, size: 'max' }), (actions) => {
      const { room, naive } = play(actions);
      check(room, naive);
    }),
    { numRuns: 150 },
  );
}

describe('any history of a group', () => {
  test('[GROUP1][GROUP2] has one owner as long as it has members, and the roles that its events give', () => {
    histories(({ state }, naive) => {
      if (state === undefined) throw new Error('there is no room');
      if (state.members.size > 0) {
        expect(ownerOf(state)).toBe(naive.owner as never);
        expect(state.members.has(naive.owner as never)).toBe(true);
      }
      expect(new Set(state.facts.administrators)).toEqual(naive.administrators);
      for (const one of naive.administrators) expect(state.members.has(one)).toBe(true);
    });
  });

  test('[GROUP3][GROUP5] holds nothing that somebody did who might not, or too soon', () => {
    histories((_, naive) => expect(naive.wrong).toEqual([]));
  });

  test('[LINK3][LINK4] has no link that was used more than it says, and nobody asks who is in it', () => {
    histories(({ state }) => {
      for (const { uses, usesMax = Number.POSITIVE_INFINITY } of state?.facts.links ?? []) {
        expect(uses).toBeGreaterThanOrEqual(0);
        expect(uses).toBeLessThanOrEqual(usesMax);
      }
      const asking = state?.facts.requests?.map((request) => request.user) ?? [];
      expect(new Set(asking).size).toBe(asking.length);
      expect(asking.filter((one) => state?.members.has(one))).toEqual([]);
    });
  });

  test('[ORD5] gives the same state when it is replayed, but for what a restart forgot', () => {
    histories(({ facts, state }) => {
      const inMemory = { windows: undefined, slowSends: undefined };
      expect({ ...replay(facts), ...inMemory }).toEqual({ ...state, ...inMemory } as never);
    });
  });
});
