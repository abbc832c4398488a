import { describe, expect, test } from 'bun:test';
import type { CommandBody, Decision } from './command.ts';
import { command, content, START, seq, user } from './testing/people.ts';
import { by, createDirect, createGroup, refused, roomOf, type Scene, send } from './testing/room-of.ts';

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

/** What the server does by itself has no name. */
function expire({ room }: Scene, messages: readonly (readonly [number, number])[], now: number): Decision {
  const named = messages.map(([number, sender]) => ({ seq: seq(number), sender: user(sender) }));
  const {
    device: _device,
    clientMessageId: _id,
    ...unnamed
  } = command(
    { kind: 'expire', messages: named },
    { room: room.room, sender: user(messages[0]?.[1] ?? 0), now },
  );
  return room.submit(unnamed);
}

describe('[TIME2] messages whose time is over', () => {
  test('are named by one event, by who wrote them, and count no more', () => {
    const scene = roomOf(createGroup(3));
    scene.submit(lasting(10));
    scene.submit(lasting(10), by(1));
    scene.submit(lasting(10));
    scene.submit(send);
    const event = eventOf(
      expire(
        scene,
        [
          [2, 0],
          [3, 1],
          [4, 0],
        ],
        START + 10_000,
      ),
    );
    expect(event).toMatchObject({
      kind: 'expired',
      sender: user(0),
      counts: false,
      ordinal: 4,
      at: START + 10_000,
    });
    expect(event?.change).toEqual({
      type: 'expired',
      messages: [
        { sender: user(0), seqs: [seq(2), seq(4)] },
        { sender: user(1), seqs: [seq(3)] },
      ],
    });
    expect(event).not.toHaveProperty('device');
  });

  test('are left alone before it is over, once they are gone, and where they stay for ever', () => {
    const scene = roomOf(createGroup(3));
    scene.submit(lasting(10));
    scene.submit(lasting(20));
    scene.submit(send);
    scene.submit(lasting(10));
    scene.submit({ kind: 'delete', refersTo: seq(5) });
    const all = [
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 0],
      [9, 0],
    ] as const;
    expect(expire(scene, all, START + 9_999).kind).toBe('unchanged');
    const event = eventOf(expire(scene, all, START + 10_000));
    expect(event?.change).toMatchObject({ messages: [{ seqs: [seq(2)] }] });
    expect(expire(scene, all, START + 10_000).kind).toBe('unchanged');
    expect(eventOf(expire(scene, all, START + 20_000))?.change).toMatchObject({
      messages: [{ seqs: [seq(3)] }],
    });
  });

  test('are over when the time of the room says so, whatever the clock does', () => {
    const scene = roomOf(createGroup(3));
    scene.submit(lasting(10));
    scene.submit(send, { now: START + 60_000 });
    expect(expire(scene, [[2, 0]], START - 60_000).kind).toBe('event');
  });

  test('are erased also where nobody is left in the room', () => {
    const scene = roomOf(createGroup(1));
    scene.submit(lasting(10));
    scene.submit({ kind: 'leave' });
    expect(scene.room.state?.members.size).toBe(0);
    expect(eventOf(expire(scene, [[2, 0]], START + 10_000))?.kind).toBe('expired');
  });

  test('are changed and deleted by nobody any more', () => {
    const scene = roomOf(createGroup(2));
    scene.submit(lasting(10));
    expire(scene, [[2, 0]], START + 10_000);
    const edit: CommandBody = { kind: 'edit', refersTo: seq(2), content: content('b') };
    expect(scene.submit(edit)).toMatchObject(refused('already-deleted'));
    expect(scene.submit({ kind: 'delete', refersTo: seq(2) })).toMatchObject(refused('already-deleted'));
  });
});
