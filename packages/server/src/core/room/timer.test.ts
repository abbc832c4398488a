import { describe, expect, test } from 'bun:test';
import type { CommandBody, Decision } from './command.ts';
import { content, START } from './testing/people.ts';
import { by, createDirect, createGroup, refused, roomOf, send } from './testing/room-of.ts';

const timer = (seconds: number): CommandBody => ({ kind: 'set-timer', seconds });
const lasting = (seconds: number): CommandBody => ({
  kind: 'send',
  content: content('곧'),
  expiresAfter: seconds,
});
const eventOf = (decision: Decision) => (decision.kind === 'event' ? decision.event : undefined);

describe('[TIME1] the timer of a room', () => {
  test('is set by who made the group, by nobody else, and by both of a direct room', () => {
    const group = roomOf(createGroup(3));
    expect(group.submit(timer(60), by(1))).toMatchObject(refused('forbidden'));
    expect(group.submit(timer(60)).kind).toBe('event');
    expect(group.submit(timer(60)).kind).toBe('unchanged');
    expect(group.room.state?.facts).toEqual({ expiresAfter: 60 });
    const direct = roomOf(createDirect);
    expect(direct.submit(timer(60), by(1)).kind).toBe('event');
    expect(direct.submit(timer(0)).kind).toBe('event');
    expect(direct.room.state?.facts).toEqual({});
    expect(direct.submit(timer(0)).kind).toBe('unchanged');
  });

  test('holds for what is sent behind it, and for nothing before', () => {
    const { submit } = roomOf(createGroup(2));
    expect(eventOf(submit(send))?.expiresAt).toBeUndefined();
    submit(timer(60), { now: START + 500 });
    expect(eventOf(submit(send, { ...by(1), now: START + 1_000 }))).toMatchObject({
      expiresAfter: 60,
      expiresAt: START + 61_000,
    });
    submit(timer(0), { now: START + 2_000 });
    expect(eventOf(submit(send, { now: START + 3_000 }))).not.toHaveProperty('expiresAt');
  });

  test('gives way to a shorter one of the sender, not to a longer one', () => {
    const { submit } = roomOf(createGroup(2));
    submit(timer(60));
    expect(eventOf(submit(lasting(10)))).toMatchObject({ expiresAfter: 10, expiresAt: START + 10_000 });
    expect(eventOf(submit(lasting(61)))).toMatchObject({ expiresAfter: 60, expiresAt: START + 60_000 });
  });

  test('goes by the time of the room, which never goes back', () => {
    const { submit } = roomOf(createGroup(2));
    submit(timer(60), { now: START + 90_000 });
    expect(eventOf(submit(send, { now: START }))).toMatchObject({
      at: START + 90_000,
      expiresAt: START + 150_000,
    });
  });
});
