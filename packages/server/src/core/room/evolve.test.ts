import { describe, expect, test } from 'bun:test';
import type { RoomEvent, RoomFact } from './event.ts';
import { evolve } from './evolve.ts';
import { device, group, idAt, START, seq, user } from './testing/people.ts';
import { createGroup, roomOf, send } from './testing/room-of.ts';

function factOf(event: RoomEvent): RoomFact {
  return { type: 'event', room: group(), event };
}

describe('evolve', () => {
  test('[ORD1] takes the next event and no other', () => {
    const { room, submit } = roomOf(createGroup(2));
    submit(send);
    const message = room.events[1];
    if (message === undefined) throw new Error('no message');
    for (const number of [1, 2, 4]) {
      expect(() => evolve(room.state, factOf({ ...message, seq: seq(number) }))).toThrow('does not follow 2');
    }
    expect(evolve(room.state, factOf({ ...message, seq: seq(3) })).seq).toBe(seq(3));
  });

  test('begins with the creation', () => {
    const { room, submit } = roomOf(createGroup(2));
    submit(send);
    const message = room.events[1];
    if (message === undefined) throw new Error('no message');
    expect(() => evolve(undefined, factOf({ ...message, seq: seq(1) }))).toThrow('creation');
    const refusal = {
      device: device(0, 0),
      clientMessageId: idAt(START),
      code: 'forbidden' as const,
      at: START,
    };
    expect(() => evolve(undefined, { type: 'refusal', room: group(), refusal })).toThrow('not created');
  });

  test('[ORD5] changes nothing of the former state, and shares the members with it where they stay', () => {
    const { room, submit } = roomOf(createGroup(2));
    const former = room.state;
    const copy = structuredClone(former);
    submit(send);
    expect(room.state?.members).toBe(former?.members as never);
    submit({ kind: 'add', users: [user(5)] });
    submit({ kind: 'rename', name: '새 이름' });
    expect(former).toEqual(copy);
    expect(room.state).toMatchObject({ name: '새 이름', history: 'all', roomKind: 'group' });
  });
});
