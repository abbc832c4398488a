import { describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import type { CommandBody, Decision } from './command.ts';
import { decide } from './decide.ts';
import type { ModelRoom } from './testing/model-room.ts';
import type { Stamp } from './testing/people.ts';
import { command, idAt, START, seq, user } from './testing/people.ts';
import { by, createGroup, refused, roomOf, send } from './testing/room-of.ts';

describe('a command with a name', () => {
  /** A room in which user 0 has sent `count` messages with the ids 1000, 1001 …, and nothing else. */
  function sentBefore(count: number) {
    const create: CommandBody = {
      kind: 'create',
      roomKind: 'group',
      name: '마루',
      history: 'all',
      users: [user(0)],
    };
    const { room } = roomOf(create, by(1));
    const submit = (number: number, stamp: Stamp = {}, body: CommandBody = send) =>
      room.submit(command(body, { ...stamp, clientMessageId: idAt(START, number) }));
    for (let i = 0; i < count; i++) expect(submit(1_000 + i).kind).toBe('event');
    return { room, submit };
  }
  const asked = (room: ModelRoom, number: number, stamp: Stamp = {}): Decision =>
    decide(room.state, command(send, { ...stamp, clientMessageId: idAt(START, number) }));

  test(`[ONCE3] of ${limits.SEND_WINDOW_IDS} sends the state knows each, of one more not the first`, () => {
    const { room, submit } = sentBefore(limits.SEND_WINDOW_IDS);
    expect(asked(room, 1_000)).toMatchObject({ kind: 'repeat', outcome: { seq: 2 } });
    submit(1_000 + limits.SEND_WINDOW_IDS);
    expect(asked(room, 1_001)).toMatchObject({ kind: 'repeat', outcome: { seq: 3 } });
    expect(asked(room, 1_000)).toEqual({ kind: 'lookup', of: 'earlier' });
    expect(submit(1_000)).toMatchObject({ kind: 'repeat', outcome: { seq: 2 } });
  });

  test('[ONCE3] a millisecond before an idle hour is over it knows all, then only the newest', () => {
    const { room, submit } = sentBefore(3);
    const almost = { now: START + limits.SEND_WINDOW_IDLE_MS - 1 };
    const over = { now: START + limits.SEND_WINDOW_IDLE_MS };
    expect(asked(room, 1_000, almost)).toMatchObject({ kind: 'repeat', outcome: { seq: 2 } });
    expect(asked(room, 1_000, over)).toEqual({ kind: 'lookup', of: 'earlier' });
    expect(asked(room, 1_002, over)).toMatchObject({ kind: 'repeat', outcome: { seq: 4 } });
    // It is the room's time that counts: once it has passed, a clock that jumps back brings nothing back.
    submit(2_000, over);
    expect(asked(room, 1_000)).toEqual({ kind: 'lookup', of: 'earlier' });
    expect(asked(room, 1_002)).toMatchObject({ kind: 'repeat', outcome: { seq: 4 } });
  });

  test('[ONCE3] above the lowest kept and not found is new, also between two that are known', () => {
    const { submit } = sentBefore(1);
    expect(submit(1_010).kind).toBe('event');
    expect(submit(1_005).kind).toBe('event');
    expect(submit(1_005)).toMatchObject({ kind: 'repeat', outcome: { seq: 4 } });
  });

  test('[ONCE4] what was never seen below the lowest kept is refused for good', () => {
    const { room, submit } = sentBefore(3);
    expect(submit(5)).toMatchObject(refused('id-too-old'));
    expect(submit(5)).toEqual({ kind: 'repeat', outcome: { kind: 'refusal', code: 'id-too-old' } });
    room.restart();
    expect(submit(5)).toEqual({ kind: 'repeat', outcome: { kind: 'refusal', code: 'id-too-old' } });
  });

  test('[ONCE4] and stays refused when a window comes back that would have let it in', () => {
    const { room, submit } = sentBefore(0);
    submit(1_000);
    submit(1_002);
    // An hour later 1002 is all that is kept, and 1001 lies below it.
    expect(submit(1_001, { now: START + limits.SEND_WINDOW_IDLE_MS })).toMatchObject(refused('id-too-old'));
    for (const now of [START, START + limits.SEND_WINDOW_IDLE_MS]) {
      expect(submit(1_001, { now })).toEqual({
        kind: 'repeat',
        outcome: { kind: 'refusal', code: 'id-too-old' },
      });
      // The store's window reaches below 1001 again.
      room.restart();
    }
    expect(room.events.length).toBe(3);
  });

  test('[ONCE5] what a rule refused stays refused, though the rule would now allow it', () => {
    const { submit } = sentBefore(0);
    const rename: CommandBody = { kind: 'rename', name: '내 방' };
    expect(submit(1, {}, rename)).toMatchObject(refused('forbidden'));
    expect(submit(2, by(1), { kind: 'leave' }).kind).toBe('event');
    expect(submit(1, {}, rename)).toEqual({
      kind: 'repeat',
      outcome: { kind: 'refusal', code: 'forbidden' },
    });
    expect(submit(3, {}, rename).kind).toBe('event');
  });

  test('[ONCE8] an acceptance that changed nothing leaves no trace, and comes again while there is nothing to change', () => {
    const { room, submit } = sentBefore(0);
    const add: CommandBody = { kind: 'add', users: [user(1)] };
    expect(submit(1, {}, add).kind).toBe('unchanged');
    expect(submit(2).kind).toBe('event');
    const facts = room.facts.length;
    // By now its id is too old to be new.
    expect(submit(1, {}, add).kind).toBe('unchanged');
    expect(room.facts.length).toBe(facts);
    submit(3, by(1), { kind: 'leave' });
    expect(submit(1, {}, add)).toMatchObject(refused('id-too-old'));
  });

  test('[ONCE1] a repetition after leaving gets the first answer: that they left', () => {
    const { room, submit } = roomOf(createGroup(2));
    const leave = command({ kind: 'leave' }, { ...by(1), clientMessageId: idAt(START, 5) });
    expect(room.submit(leave).kind).toBe('event');
    expect(room.submit(leave)).toEqual({
      kind: 'repeat',
      outcome: { kind: 'event', seq: seq(2), at: START },
    });
    room.restart();
    expect(room.submit(leave)).toMatchObject({ kind: 'repeat' });
    expect(submit(send, by(1))).toMatchObject(refused('not-found', false));
  });
});
