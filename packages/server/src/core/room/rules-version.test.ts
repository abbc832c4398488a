import { describe, expect, test } from 'bun:test';
import { newLinkSecret } from '@maru/protocol';
import type { CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { FACTS_RULES_VERSION, FIRST_RULES_VERSION, type RoomState, RULES_VERSION } from './state.ts';
import { command, content, idAt, START, seq, user } from './testing/people.ts';
import { by, createGroup, roomOf, send } from './testing/room-of.ts';

const COMMANDS: readonly CommandBody[] = [
  send,
  { kind: 'edit', refersTo: seq(2), content: content('b') },
  { kind: 'delete', refersTo: seq(2) },
  createGroup(3),
  { kind: 'add', users: [user(3)] },
  { kind: 'remove', user: user(1) },
  { kind: 'leave' },
  { kind: 'rename', name: 'x' },
  { kind: 'set-history', history: 'all' },
  { kind: 'describe', description: 'x' },
  { kind: 'set-timer', seconds: 60 },
  { kind: 'schedule' },
  { kind: 'expire', messages: [{ seq: seq(2), sender: user(0) }] },
  { kind: 'set-role', user: user(1), role: 'administrator' },
  { kind: 'set-rights', rights: { send: 'owner' } },
  { kind: 'set-slow-mode', seconds: 30 },
  { kind: 'make-link', secret: newLinkSecret(new Uint8Array(16)), approval: false },
  { kind: 'answer-join', user: user(9), accept: true },
];
const UNKNOWN = { kind: 'refused', error: { code: 'rules-unknown', retryable: true }, recorded: false };

function later(state: RoomState | undefined): RoomState {
  if (state === undefined) throw new Error('there is no room');
  return { ...state, rulesVersion: RULES_VERSION + 1 };
}

describe('[ORD6] rules that are newer than this program', () => {
  test.each(COMMANDS.map((body) => [body.kind, body] as const))(
    "decide nothing on '%s': a member is to try again, and nothing of it is recorded",
    (_, body) => {
      const { room, submit } = roomOf(createGroup(3));
      submit(send);
      const asked = command(body, { clientMessageId: idAt(START, 40) });
      expect(decide(later(room.state), asked)).toMatchObject(UNKNOWN);
      expect(decide(later(room.state), { ...asked, clientMessageId: idAt(1), earlier: null })).toMatchObject(
        UNKNOWN,
      );
    },
  );

  test('do not keep a repetition from its answer, and a stranger learns nothing of them', () => {
    const { room, submit } = roomOf(createGroup(3));
    const stamp = { clientMessageId: idAt(START, 41) };
    expect(submit(send, stamp).kind).toBe('event');
    expect(decide(later(room.state), command(send, stamp))).toMatchObject({
      kind: 'repeat',
      outcome: { kind: 'event', seq: seq(2) },
    });
    const stranger = command(send, { ...by(9), window: null });
    expect(decide(later(room.state), stranger)).toEqual(decide(undefined, stranger));
  });
});

test('[ORD6] a room that begins now runs by the rules of this program', () => {
  const { room } = roomOf(createGroup(3));
  expect(room.events[0]?.rulesVersion).toBe(RULES_VERSION);
  expect(room.state?.rulesVersion).toBe(RULES_VERSION);
});

test('[ORD6] the state has the rules that the creation names; without a name the first', () => {
  const [created] = roomOf(createGroup(3)).room.events;
  if (created === undefined) throw new Error('there is no event');
  const { rulesVersion: _named, ...unnamed } = created;
  const room = command(send).room;
  expect(evolve(undefined, { type: 'event', room, event: unnamed }).rulesVersion).toBe(FIRST_RULES_VERSION);
  const event = { ...unnamed, rulesVersion: 9 };
  const state = evolve(undefined, { type: 'event', room, event });
  const next = evolve(state, {
    type: 'event',
    room,
    event: { ...unnamed, seq: seq(2), kind: 'left', change: { type: 'left' } },
  });
  expect([state.rulesVersion, next.rulesVersion]).toEqual([9, 9]);
});

/** A group from before its creation named its rules. */
function olderRoom(): RoomState {
  const { room } = roomOf(createGroup(3));
  const [created] = room.events;
  if (created === undefined) throw new Error('there is no event');
  const { rulesVersion: _named, ...event } = created;
  return evolve(undefined, { type: 'event', room: room.room, event });
}

describe('[ORD6] a room of older rules', () => {
  const decideIn = (state: RoomState, body: CommandBody, number = 50) =>
    decide(state, command(body, { clientMessageId: idAt(START, number), window: null }));

  test('is raised by what came with newer ones, once', () => {
    const described: CommandBody = { kind: 'describe', description: '조용한 방' };
    const old = olderRoom();
    const decision = decideIn(old, described);
    expect(decision).toMatchObject({ kind: 'event', event: { rulesVersion: FACTS_RULES_VERSION } });
    if (decision.kind !== 'event') return;
    const raised = evolve(old, { type: 'event', room: old.room, event: decision.event });
    expect([old.rulesVersion, raised.rulesVersion]).toEqual([FIRST_RULES_VERSION, FACTS_RULES_VERSION]);
    const again = decideIn(raised, { ...described, description: '' }, 51);
    expect(again.kind === 'event' && 'rulesVersion' in again.event).toBe(false);
    expect(again.kind).toBe('event');
  });

  test('is not raised by what the older ones knew', () => {
    const renamed = decideIn(olderRoom(), { kind: 'rename', name: 'y' });
    expect(renamed.kind).toBe('event');
    expect(renamed.kind === 'event' && 'rulesVersion' in renamed.event).toBe(false);
  });
});
