import { describe, expect, test } from 'bun:test';
import { limits, NO_FACTS, ownerOf, type RoomFacts, roleOf } from '@maru/protocol';
import type { CommandBody } from './command.ts';
import { evolve } from './evolve.ts';
import { FACTS_RULES_VERSION } from './state.ts';
import { command, content, device, seq, user } from './testing/people.ts';
import { by, createDirect, createGroup, refused, roomOf, send } from './testing/room-of.ts';

const setRole = (number: number, role: 'owner' | 'administrator' | 'member'): CommandBody => ({
  kind: 'set-role',
  user: user(number),
  role,
});
const rights = (given: RoomFacts['rights']): CommandBody => ({ kind: 'set-rights', rights: given ?? {} });

/** A group of users 0–4 in which 1 and 2 are administrators. */
function withAdministrators() {
  const scene = roomOf(createGroup(5));
  scene.submit(setRole(1, 'administrator'));
  scene.submit(setRole(2, 'administrator'));
  const { room } = scene;
  const roles = () => [0, 1, 2, 3, 4].map((number) => (room.state ? roleOf(room.state, user(number)) : ''));
  return { ...scene, roles };
}

describe('[GROUP1] roles', () => {
  test('are given and taken by the owner, as events that all see', () => {
    const { room, submit, roles } = withAdministrators();
    expect(room.events[1]).toMatchObject({
      kind: 'role-set',
      counts: false,
      change: { type: 'role-set', user: user(1), role: 'administrator' },
    });
    expect(room.state?.facts.administrators).toEqual([user(1), user(2)]);
    submit(setRole(1, 'member'));
    expect(roles()).toEqual(['owner', 'member', 'administrator', 'member', 'member']);
    submit(setRole(2, 'member'));
    expect(room.state?.facts).toEqual(NO_FACTS);
  });

  test('who hands the group over is an administrator afterwards', () => {
    const { submit, roles } = withAdministrators();
    expect(submit(setRole(2, 'owner'))).toMatchObject({ kind: 'event' });
    expect(roles()).toEqual(['administrator', 'administrator', 'owner', 'member', 'member']);
    expect(submit(setRole(3, 'administrator'))).toMatchObject(refused('forbidden'));
    expect(submit(setRole(0, 'member'), by(2)).kind).toBe('event');
    expect(submit(setRole(0, 'owner'), by(2)).kind).toBe('event');
    expect(roles()).toEqual(['owner', 'administrator', 'administrator', 'member', 'member']);
  });

  test('an administrator gives none, and may step down', () => {
    const { submit, roles } = withAdministrators();
    expect(submit(setRole(3, 'administrator'), by(1))).toMatchObject({
      ...refused('forbidden'),
      error: { field: 'set-role', message: "In this group 'set-role' is for its owner." },
    });
    expect(submit(setRole(1, 'owner'), by(1))).toMatchObject(refused('forbidden'));
    expect(submit(setRole(1, 'member'), by(1)).kind).toBe('event');
    expect(roles()).toEqual(['owner', 'member', 'administrator', 'member', 'member']);
  });

  test('are not given to who is not in it, and the owner does not just give theirs up', () => {
    const { submit } = withAdministrators();
    expect(submit(setRole(9, 'administrator'))).toMatchObject(refused('not-found'));
    expect(submit(setRole(0, 'member'))).toMatchObject(refused('bad-request'));
    expect(submit(setRole(0, 'owner')).kind).toBe('unchanged');
    expect(submit(setRole(1, 'administrator')).kind).toBe('unchanged');
  });

  test('are not for direct rooms', () => {
    const { submit } = roomOf(createDirect);
    expect(submit(setRole(1, 'administrator'))).toMatchObject(refused('forbidden'));
    expect(submit(rights({ send: 'owner' }))).toMatchObject(refused('forbidden'));
  });

  test('there are at most ROOM_ADMINISTRATORS_MAX administrators', () => {
    const max = limits.ROOM_ADMINISTRATORS_MAX;
    const { room, submit } = roomOf(createGroup(max + 3));
    for (let number = 1; number <= max; number++)
      expect(submit(setRole(number, 'administrator')).kind).toBe('event');
    const one = { limit: { name: 'ROOM_ADMINISTRATORS_MAX', value: max }, given: max + 1 };
    expect(submit(setRole(max + 1, 'administrator'))).toMatchObject({ ...refused('too-many'), error: one });
    expect(submit(setRole(max + 1, 'owner'))).toMatchObject(refused('too-many'));
    expect(submit(setRole(max, 'owner')).kind).toBe('event');
    expect(room.state?.facts.administrators).toHaveLength(max);
  });

  test('raise a room of older rules', () => {
    const { room } = roomOf(createGroup(2));
    const [created] = room.events;
    if (created === undefined) throw new Error('there is no event');
    const { rulesVersion: _named, ...event } = created;
    const old = evolve(undefined, { type: 'event', room: room.room, event });
    room.state = old;
    const decision = room.submit(command(setRole(1, 'owner'), { device: device(0, 3) }));
    expect(decision).toMatchObject({ event: { rulesVersion: FACTS_RULES_VERSION } });
  });
});

describe('[GROUP2] the owner’s leaving', () => {
  test('hands over to the longest-standing administrator, who is named by the event', () => {
    const { room, submit, roles } = withAdministrators();
    submit({ kind: 'remove', user: user(1) });
    submit({ kind: 'add', users: [user(1)] });
    submit(setRole(1, 'administrator'));
    expect(submit({ kind: 'leave' })).toMatchObject({ event: { change: { type: 'left', owner: user(2) } } });
    expect(roles()).toEqual(['member', 'administrator', 'owner', 'member', 'member']);
    expect(room.state?.facts.administrators).toEqual([user(1)]);
  });

  test('else to the longest-standing member, and who comes back comes back as a member', () => {
    const { room, submit } = roomOf(createGroup(3));
    submit({ kind: 'leave' });
    submit({ kind: 'add', users: [user(0)] }, by(2));
    expect(room.state && ownerOf(room.state)).toBe(user(1));
    expect(submit({ kind: 'rename', name: 'x' })).toMatchObject(refused('forbidden'));
    expect(submit({ kind: 'rename', name: 'x' }, by(1)).kind).toBe('event');
  });

  test('an account’s deletion is one', () => {
    const { room } = roomOf(createGroup(3));
    const { device: _device, clientMessageId: _id, ...leave } = command({ kind: 'leave' });
    expect(room.submit(leave)).toMatchObject({ event: { change: { type: 'left', owner: user(1) } } });
  });

  test('as the last one leaves an empty room', () => {
    const { room, submit } = roomOf(createGroup(1));
    expect(submit({ kind: 'leave' })).toMatchObject({ event: { change: { type: 'left' } } });
    expect(room.state?.members.size).toBe(0);
  });

  test('what others leave changes no owner; an administrator who leaves is none any more', () => {
    const { room, submit } = withAdministrators();
    submit({ kind: 'leave' }, by(1));
    submit({ kind: 'leave' }, by(3));
    expect(room.state?.facts).toEqual({ administrators: [user(2)] });
    expect(room.events.at(-1)?.change).toEqual({ type: 'left' });
  });
});

describe('[GROUP3] rights', () => {
  const expected: readonly [string, CommandBody][] = [
    ['rename', { kind: 'rename', name: 'x' }],
    ['describe', { kind: 'describe', description: 'x' }],
    ['history', { kind: 'set-history', history: 'since-joined' }],
    ['remove', { kind: 'remove', user: user(4) }],
  ];
  test.each(expected)("'%s' is for the owner and administrators, and the refusal names it", (field, body) => {
    const { submit } = withAdministrators();
    expect(submit(body, by(3))).toMatchObject({ ...refused('forbidden'), error: { field } });
    expect(submit(body, by(1)).kind).toBe('event');
  });

  test('are set by the owner alone, those that are named', () => {
    const { room, submit } = withAdministrators();
    expect(submit(rights({ send: 'owner' }), by(1))).toMatchObject(refused('forbidden'));
    expect(submit(rights({ send: 'administrators', add: 'owner' }))).toMatchObject({ kind: 'event' });
    submit(rights({ add: 'administrators', send: 'administrators' }));
    expect(room.events.at(-1)?.change).toEqual({ type: 'rights-set', rights: { add: 'administrators' } });
    expect(room.state?.facts.rights).toEqual({ send: 'administrators', add: 'administrators' });
    expect(submit(rights({ add: 'administrators' })).kind).toBe('unchanged');
  });

  test('to send covers what an old message is made to say, and never its deletion', () => {
    const { submit } = withAdministrators();
    submit(send, by(3));
    submit(rights({ send: 'administrators' }));
    const edit: CommandBody = { kind: 'edit', refersTo: seq(4), content: content('b') };
    for (const body of [send, edit])
      expect(submit(body, by(3))).toMatchObject({ ...refused('forbidden'), error: { field: 'send' } });
    expect(submit({ kind: 'delete', refersTo: seq(4) }, by(3)).kind).toBe('event');
    expect(submit(send, by(1)).kind).toBe('event');
  });

  test('administrators do not remove each other, nor the owner', () => {
    const { submit } = withAdministrators();
    for (const number of [0, 2])
      expect(submit({ kind: 'remove', user: user(number) }, by(1))).toMatchObject(refused('forbidden'));
    expect(submit({ kind: 'remove', user: user(3) }, by(1)).kind).toBe('event');
    expect(submit({ kind: 'remove', user: user(2) }).kind).toBe('event');
  });
});
