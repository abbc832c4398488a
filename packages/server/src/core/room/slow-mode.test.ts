import { describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import type { CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { SLOW_SENDERS_MAX } from './slow-sends.ts';
import { command, content, idAt, START, seq, user } from './testing/people.ts';
import { by, createGroup, refused, roomOf, send } from './testing/room-of.ts';

const slow = (seconds: number): CommandBody => ({ kind: 'set-slow-mode', seconds });
const later = (seconds: number, more = {}) => ({ ...by(1), now: START + seconds * 1_000, ...more });

describe('[GROUP5] slow mode', () => {
  test('makes a member wait, by the time of the room, from their own newest message on', () => {
    const { room, submit } = roomOf(createGroup(3));
    submit(send, later(0));
    submit(slow(30));
    const facts = room.facts.length;
    expect(submit(send, later(10))).toMatchObject({
      kind: 'refused',
      recorded: false,
      error: {
        code: 'rate-limited',
        retryable: true,
        retryAfterMs: 20_000,
        limit: { name: 'slowMode', value: 30 },
      },
    });
    expect(room.facts.length).toBe(facts);
    expect(submit(send, { ...by(2), now: START + 10_000 }).kind).toBe('event');
    expect(submit(send, later(29.999))).toMatchObject({ error: { retryAfterMs: 1 } });
    expect(submit(send, later(30)).kind).toBe('event');
    expect(submit(send, later(59)).kind).toBe('refused');
    expect(submit(send, later(60)).kind).toBe('event');
  });

  test('[ONCE8] a message that had to wait may come again under its id', () => {
    const { submit } = roomOf(createGroup(2));
    submit(slow(30));
    submit(send, later(0));
    const clientMessageId = idAt(START, 900);
    expect(submit(send, later(1, { clientMessageId })).kind).toBe('refused');
    expect(submit(send, later(30, { clientMessageId })).kind).toBe('event');
    expect(submit(send, later(31, { clientMessageId })).kind).toBe('repeat');
  });

  test('[ORD2] keeps nobody waiting for a clock that has gone back', () => {
    const { submit } = roomOf(createGroup(2));
    submit(slow(60));
    submit(send, later(0));
    expect(submit(send, later(-3_600))).toMatchObject({ event: { at: START } });
    expect(submit(send, later(1)).kind).toBe('refused');
  });

  test('is over for all when it is set to 0, and shorter at once when it is set to less', () => {
    const { room, submit } = roomOf(createGroup(2));
    submit(slow(60));
    submit(send, later(0));
    submit(slow(20));
    expect(submit(send, later(20)).kind).toBe('event');
    submit(slow(0));
    expect(room.state?.facts).toEqual({});
    expect(room.state?.slowSends).toBeUndefined();
    expect(submit(send, later(21)).kind).toBe('event');
  });

  test('is not for the owner and administrators, nor for edits and deletions', () => {
    const { room, submit } = roomOf(createGroup(3));
    submit(slow(60));
    submit({ kind: 'set-role', user: user(2), role: 'administrator' });
    for (const of of [{}, by(2)]) for (const _ of [1, 2]) expect(submit(send, of).kind).toBe('event');
    submit(send, later(0));
    const refersTo = room.state?.seq ?? seq(0);
    expect(submit({ kind: 'edit', refersTo, content: content('b') }, later(1)).kind).toBe('event');
    expect(submit({ kind: 'delete', refersTo }, later(1)).kind).toBe('event');
    expect(submit(send, later(1)).kind).toBe('refused');
  });

  test('is set by the owner and administrators, in groups', () => {
    const { submit } = roomOf(createGroup(3));
    expect(submit(slow(30), by(1))).toMatchObject({
      ...refused('forbidden'),
      error: { field: 'set-slow-mode' },
    });
    expect(submit(slow(0)).kind).toBe('unchanged');
    expect(submit(slow(limits.SLOW_MODE_S_MAX))).toMatchObject({
      event: { kind: 'slow-mode-set', change: { type: 'slow-mode-set', seconds: limits.SLOW_MODE_S_MAX } },
    });
  });

  test('knows few people, and looks the others up', () => {
    const { room, submit } = roomOf(createGroup(SLOW_SENDERS_MAX + 3));
    submit(slow(60));
    for (let number = 1; number <= SLOW_SENDERS_MAX + 1; number++) submit(send, by(number));
    expect(room.state?.slowSends).toHaveLength(SLOW_SENDERS_MAX);
    const again = command(send, { ...by(1), clientMessageId: idAt(START, 900), window: null });
    expect(decide(room.state, again)).toEqual({ kind: 'lookup', of: 'last-message' });
    expect(submit(send, by(1)).kind).toBe('refused');
    expect(submit(send, by(SLOW_SENDERS_MAX + 2)).kind).toBe('event');
    room.restart();
    expect(submit(send, by(2)).kind).toBe('refused');
  });
});
