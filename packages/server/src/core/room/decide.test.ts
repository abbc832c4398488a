import { describe, expect, test } from 'bun:test';
import { directRoomId } from '@maru/protocol';
import type { CommandBody, Decision, RoomCommand, TargetFacts } from './command.ts';
import { decide, decideTotal } from './decide.ts';
import { evolve } from './evolve.ts';
import { command, content, device, group, idAt, START, seq, user } from './testing/people.ts';
import { by, createDirect, createGroup, DIRECT, refused, roomOf, send } from './testing/room-of.ts';

describe('creating', () => {
  test('a direct room has two members, and under its derived id only', () => {
    const { room } = roomOf(createDirect);
    expect([...(room.state?.members.keys() ?? [])]).toEqual([user(0), user(1)]);
    expect(decide(undefined, command(createDirect, { room: group() }))).toMatchObject({
      ...refused('bad-request', false),
      error: { field: 'room' },
    });
  });

  test('nobody makes a direct room with themselves', () => {
    const self = command(
      { kind: 'create', roomKind: 'direct', user: user(0) },
      { room: directRoomId(user(0), user(0)) },
    );
    expect(decide(undefined, self)).toMatchObject({
      ...refused('bad-request', false),
      error: { field: 'user' },
    });
  });

  test("a group can't take the id that belongs to two people's direct room", () => {
    expect(decide(undefined, command(createGroup(2), { room: DIRECT }))).toMatchObject({
      ...refused('bad-request', false),
      error: { field: 'room' },
    });
  });

  test('a direct room that exists is fine for either of the two, and for nobody else', () => {
    const { room, submit } = roomOf(createDirect);
    const head = { kind: 'unchanged', seq: seq(1), at: START };
    expect(submit(createDirect)).toEqual(head as Decision);
    expect(submit({ kind: 'create', roomKind: 'direct', user: user(0) }, by(1))).toEqual(head as Decision);
    expect(submit({ kind: 'create', roomKind: 'direct', user: user(1) }, by(2))).toMatchObject(
      refused('bad-request', false),
    );
    expect(submit({ kind: 'create', roomKind: 'direct', user: user(3) })).toMatchObject(
      refused('bad-request'),
    );
    expect(room.events.length).toBe(1);
  });

  test('[PRIV1] nobody learns by creating whether two others have a direct room', () => {
    const { room } = roomOf(createDirect);
    const createSelf: CommandBody = { kind: 'create', roomKind: 'direct', user: user(2) };
    const bodies: readonly CommandBody[] = [createGroup(1), createDirect, createSelf];
    for (const body of bodies) {
      const attempt = command(body, { room: DIRECT, ...by(2) });
      expect(room.submit(attempt)).toEqual(decide(undefined, attempt));
    }
  });

  test('a group that exists is refused to its members, and does not exist for others', () => {
    const { submit } = roomOf(createGroup(2));
    expect(submit(createGroup(2))).toMatchObject(refused('room-exists'));
    expect(submit(createGroup(2), by(7))).toMatchObject(refused('not-found', false));
  });

  test('those named twice, and the creator, count once', () => {
    const users = [user(1), user(1), user(0)];
    const { room } = roomOf({ kind: 'create', roomKind: 'group', name: '마루', history: 'all', users });
    expect([...(room.state?.members.keys() ?? [])]).toEqual([user(0), user(1)]);
  });
});

describe('members', () => {
  test('[LIMIT4] a group is created with as many as it may have, and not with one more', () => {
    expect(decide(undefined, command(createGroup(5), { groupMembersMax: 5 })).kind).toBe('event');
    expect(decide(undefined, command(createGroup(6), { groupMembersMax: 5 }))).toMatchObject({
      ...refused('room-full', false),
      error: { limit: { name: 'groupMembersMax', value: 5 }, given: 6 },
    });
  });

  test('[LIMIT4] one more than the limit can not be added, by whomever, and members already in do not count twice', () => {
    const { room, submit } = roomOf(createGroup(2), { groupMembersMax: 3 });
    expect(submit({ kind: 'add', users: [user(2), user(3)] })).toMatchObject({
      ...refused('room-full'),
      error: { limit: { name: 'groupMembersMax', value: 3 }, given: 4, retryable: false },
    });
    expect(submit({ kind: 'add', users: [user(1), user(2), user(2)] }, by(1))).toMatchObject({
      event: { change: { type: 'joined', users: [user(2)] } },
    });
    expect(submit({ kind: 'add', users: [user(3)] }, by(2))).toMatchObject(refused('room-full'));
    expect(submit({ kind: 'add', users: [user(2)] }, by(2)).kind).toBe('unchanged');
    expect(room.state?.members.size).toBe(3);
  });

  test('[LIMIT4] an import may pass the limit with a stamp that says so', () => {
    const { room, submit } = roomOf(createGroup(2), { groupMembersMax: 2 });
    expect(submit({ kind: 'add', users: [user(2)] }, { groupMembersMax: 1_000_000 }).kind).toBe('event');
    expect(room.state?.members.size).toBe(3);
  });

  test('only the creator removes, renames, describes, sets timers and sets the history; anyone adds and leaves', () => {
    const { submit } = roomOf(createGroup(3));
    const creators: CommandBody[] = [
      { kind: 'remove', user: user(2) },
      { kind: 'rename', name: '새 이름' },
      { kind: 'set-history', history: 'since-joined' },
      { kind: 'describe', description: '조용한 방' },
      { kind: 'set-timer', seconds: 60 },
    ];
    for (const body of creators) {
      expect(submit(body, by(1))).toMatchObject(refused('forbidden'));
      expect(submit(body).kind).toBe('event');
      expect(submit(body).kind).toBe('unchanged');
    }
    expect(submit({ kind: 'add', users: [user(2)] }, by(1)).kind).toBe('event');
    expect(submit({ kind: 'leave' }, by(2)).kind).toBe('event');
  });

  test('[GROUP1] where the creator left before there were roles, the longest-standing member has their say', () => {
    const { room, submit } = roomOf(createGroup(3));
    const leaving = decide(room.state, command({ kind: 'leave' }, { clientMessageId: idAt(START, 60) }));
    if (leaving.kind !== 'event') throw new Error('there is no event');
    const event = { ...leaving.event, change: { type: 'left' as const } };
    room.state = evolve(room.state, { type: 'event', room: room.room, event });
    room.facts.push({ type: 'event', room: room.room, event });
    expect(submit({ kind: 'rename', name: 'a' }, by(2))).toMatchObject(refused('forbidden'));
    expect(submit({ kind: 'rename', name: 'a' }, by(1)).kind).toBe('event');
    expect(submit({ kind: 'add', users: [user(0)] }, by(2)).kind).toBe('event');
    expect(submit({ kind: 'rename', name: 'b' }, by(1))).toMatchObject(refused('forbidden'));
    expect(submit({ kind: 'rename', name: 'b' }).kind).toBe('event');
  });

  test('nobody removes themselves: that is leaving', () => {
    const { submit } = roomOf(createGroup(2));
    expect(submit({ kind: 'remove', user: user(0) })).toMatchObject({
      ...refused('bad-request'),
      error: { field: 'user' },
    });
  });

  test('a direct room stays as it is', () => {
    const { room, submit } = roomOf(createDirect);
    const bodies: CommandBody[] = [
      { kind: 'add', users: [user(2)] },
      { kind: 'remove', user: user(1) },
      { kind: 'leave' },
      { kind: 'rename', name: '둘' },
      { kind: 'set-history', history: 'since-joined' },
    ];
    for (const body of bodies) expect(submit(body)).toMatchObject(refused('forbidden'));
    expect(room.events.length).toBe(1);
  });

  test('the server takes a deleted account out of a direct room, where nobody is left to write to', () => {
    const { room, submit } = roomOf(createDirect);
    const {
      device: _device,
      clientMessageId: _id,
      ...leave
    } = command({ kind: 'leave' }, { room: DIRECT, ...by(1) });
    expect(room.submit(leave)).toMatchObject({ kind: 'event', event: { kind: 'left', sender: user(1) } });
    expect(submit(send)).toMatchObject(refused('recipient-unavailable'));
    expect(submit(createDirect).kind).toBe('unchanged');
  });
});

describe('messages', () => {
  test('carry their envelope, and expire by the time of the room', () => {
    const { submit } = roomOf(createGroup(2));
    const answer = submit({ ...send, mentions: [user(1)], expiresAfter: 60, sentAt: 1_000 } as CommandBody, {
      now: START - 5,
    });
    expect(answer).toMatchObject({
      kind: 'event',
      event: {
        kind: 'message',
        at: START,
        content: content('안녕'),
        mentions: [user(1)],
        expiresAfter: 60,
        expiresAt: START + 60_000,
        sentAt: 1_000,
      },
    });
  });

  test('[TALK7] name what they answer, which has to have been said', () => {
    const { submit } = roomOf(createGroup(2));
    expect(submit({ ...send, replyTo: seq(1) } as CommandBody)).toMatchObject({
      event: { seq: 2, replyTo: 1 },
    });
    expect(submit({ ...send, replyTo: seq(2) } as CommandBody)).toMatchObject({ event: { replyTo: 2 } });
    expect(submit({ ...send, replyTo: seq(4) } as CommandBody)).toMatchObject({
      ...refused('not-found'),
      error: { field: 'replyTo' },
    });
  });

  test('[ORD2] a clock that jumps an hour back does not take the room with it', () => {
    const { submit } = roomOf(createGroup(2));
    expect(submit(send, { now: START + 3_600_000 })).toMatchObject({ event: { at: START + 3_600_000 } });
    expect(submit(send, { now: START })).toMatchObject({ event: { at: START + 3_600_000 } });
  });

  test('[UNREAD1] only a message counts', () => {
    const { room, submit } = roomOf(createGroup(2));
    submit(send);
    submit({ kind: 'edit', refersTo: seq(2), content: content('b') });
    submit({ kind: 'delete', refersTo: seq(2) });
    submit({ kind: 'rename', name: 'x' });
    submit({ kind: 'add', users: [user(5)] });
    submit(send);
    expect(room.events.map((event) => [event.kind, event.counts, event.ordinal])).toEqual([
      ['created', false, 0],
      ['message', true, 1],
      ['edit', false, 1],
      ['deletion', false, 1],
      ['renamed', false, 1],
      ['joined', false, 1],
      ['message', true, 2],
    ]);
  });

  const onTarget: readonly [string, (refersTo: number) => CommandBody][] = [
    ['edited', (refersTo) => ({ kind: 'edit', refersTo: seq(refersTo), content: content('b') })],
    ['deleted', (refersTo) => ({ kind: 'delete', refersTo: seq(refersTo) })],
  ];
  for (const [done, body] of onTarget) {
    test(`are ${done} by who wrote them, from any of their devices, and by nobody else`, () => {
      const { submit } = roomOf(createGroup(2));
      submit(send);
      expect(submit(body(2), by(1))).toMatchObject(refused('forbidden'));
      expect(submit(body(2), { device: device(0, 1) })).toMatchObject({
        kind: 'event',
        event: { refersTo: 2 },
      });
    });

    test(`are not ${done} where there is none, or after a deletion`, () => {
      const { submit } = roomOf(createGroup(2));
      expect(submit(body(1))).toMatchObject(refused('forbidden'));
      // The refused command has no number: the next event is 2.
      expect(submit(body(2))).toMatchObject(refused('not-found'));
      submit(send);
      submit({ kind: 'delete', refersTo: seq(2) });
      expect(submit(body(2))).toMatchObject(refused('already-deleted'));
      expect(submit(body(3))).toMatchObject(refused('forbidden'));
    });

    test(`are not ${done} where the store knows of none`, () => {
      const { room, submit } = roomOf(createGroup(2));
      submit(send);
      const asked = command({ ...body(2), target: null } as CommandBody, {
        clientMessageId: idAt(START, 99),
      });
      expect(decide(room.state, asked)).toMatchObject(refused('not-found'));
    });
  }

  test('an edit expires with its message, and an expired one is not edited', () => {
    const { room, submit } = roomOf(createGroup(2));
    submit({ ...send, expiresAfter: 10 } as CommandBody);
    const edit: CommandBody = { kind: 'edit', refersTo: seq(2), content: content('b') };
    expect(submit(edit, { now: START + 9_999 })).toMatchObject({ event: { expiresAt: START + 10_000 } });
    expect(submit(edit, { now: START + 10_000 })).toMatchObject(refused('not-found'));
    expect(submit({ kind: 'delete', refersTo: seq(2) }, { now: START + 10_000 }).kind).toBe('event');
    expect(room.events.at(-1)?.expiresAt).toBeUndefined();
  });

  test('the store is asked for what a decision needs, and for nothing else', () => {
    const { room, submit } = roomOf(createGroup(2));
    submit(send);
    const edit = command(
      { kind: 'edit', refersTo: seq(2), content: content('b') },
      { clientMessageId: idAt(START, 50) },
    );
    expect(decide(room.state, edit)).toEqual({ kind: 'lookup', of: 'target' });
    expect(decide(room.state, { ...edit, device: device(0, 5) })).toEqual({ kind: 'lookup', of: 'window' });
    expect(decide(room.state, { ...edit, clientMessageId: idAt(1) })).toEqual({
      kind: 'lookup',
      of: 'earlier',
    });
    expect(decide(room.state, { ...edit, kind: 'delete', refersTo: seq(3) })).toMatchObject(
      refused('not-found'),
    );
  });
});

describe('strangers', () => {
  const bodies: readonly CommandBody[] = [
    send,
    { kind: 'edit', refersTo: seq(2), content: content('b') },
    { kind: 'delete', refersTo: seq(2) },
    { kind: 'react', refersTo: seq(2), reaction: '👍', on: true },
    { kind: 'pin', refersTo: seq(2), on: true },
    { kind: 'add', users: [user(3)] },
    { kind: 'remove', user: user(0) },
    { kind: 'leave' },
    { kind: 'rename', name: 'x' },
    { kind: 'set-history', history: 'all' },
  ];
  for (const body of bodies) {
    test(`[PRIV1] get the same answer to '${body.kind}' as where there is no room, and leave no trace`, () => {
      const { room, submit } = roomOf(createGroup(3));
      submit(send);
      submit({ kind: 'remove', user: user(2) });
      const facts = room.facts.length;
      const nowhere = decide(undefined, command(body));
      expect(nowhere).toMatchObject(refused('not-found', false));
      expect(submit(body, by(9))).toEqual(nowhere);
      expect(submit(body, by(2))).toEqual(nowhere);
      expect(room.facts.length).toBe(facts);
    });
  }
});

describe('decideTotal', () => {
  test('[ORD5] [ORD7] refuses for good, and says what was thrown, where the rules fail', () => {
    const { room } = roomOf(createGroup(2));
    const broken = {
      ...command(send, { clientMessageId: idAt(START, 9) }),
      kind: 'nonsense',
    } as unknown as RoomCommand;
    const decision = decideTotal(room.state, broken);
    expect(decision).toMatchObject({ ...refused('internal'), error: { code: 'internal', retryable: false } });
    expect(decision.kind === 'refused' && decision.fault).toBeInstanceOf(Error);
    expect(room.submit(command(send, { clientMessageId: idAt(START, 10) })).kind).toBe('event');
  });

  test('leaves no trace of it for a stranger, or where there is no room', () => {
    const { room } = roomOf(createGroup(2));
    const broken = {
      ...command({ kind: 'create', roomKind: 'group', name: 'x', history: 'all', users: [] }),
      users: null,
    };
    expect(decideTotal(undefined, broken as unknown as RoomCommand)).toMatchObject(
      refused('internal', false),
    );
    const stranger = { ...command(send, by(9)), window: 'nonsense' } as unknown as RoomCommand;
    expect(decideTotal(room.state, stranger)).toMatchObject(refused('internal', false));
  });
});

test('a target is a matter of the decision alone', () => {
  const { room, submit } = roomOf(createGroup(2));
  submit(send);
  const target: TargetFacts = { sender: user(0), kind: 'message', deleted: true };
  const stamped = command({ kind: 'delete', refersTo: seq(2), target }, { clientMessageId: idAt(START, 70) });
  expect(decide(room.state, stamped)).toMatchObject(refused('already-deleted'));
});
