import { describe, expect, test } from 'bun:test';
import { type LinkSecret, limits, linkIdOf, newLinkSecret, type RoomFacts } from '@maru/protocol';
import type { CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { RULES_VERSION } from './state.ts';
import { command, START, user } from './testing/people.ts';
import { by, createDirect, createGroup, refused, roomOf } from './testing/room-of.ts';

function secret(number: number): LinkSecret {
  const bytes = new Uint8Array(16);
  bytes[15] = number;
  return newLinkSecret(bytes);
}

const make = (number: number, more: Partial<CommandBody & { kind: 'make-link' }> = {}): CommandBody => ({
  kind: 'make-link',
  secret: secret(number),
  approval: false,
  ...more,
});
const join = (number: number): CommandBody => ({ kind: 'join', secret: secret(number) });
const answer = (number: number, accept: boolean): CommandBody => ({
  kind: 'answer-join',
  user: user(number),
  accept,
});
const revoke = (number: number): CommandBody => ({ kind: 'revoke-link', link: linkIdOf(secret(number)) });
const INVALID = refused('link-invalid', false);

/** A group of users 0–2 with link 1. */
function withLink(more: Partial<CommandBody & { kind: 'make-link' }> = {}) {
  const scene = roomOf(createGroup(3));
  expect(scene.submit(make(1, more)).kind).toBe('event');
  const link = () => scene.room.state?.facts.links?.[0];
  return { ...scene, link };
}

describe('[LINK1] a link', () => {
  test('is made by who may add; its event names it, and only the log has its secret', () => {
    const { room, link } = withLink({ usesMax: 3, expiresAt: START + 1_000 });
    const made = room.events[1];
    const id = linkIdOf(secret(1));
    expect(made).toMatchObject({
      kind: 'link-made',
      change: { type: 'link-made', link: id },
      secret: secret(1),
    });
    expect(JSON.stringify(made?.change)).not.toContain(secret(1));
    expect(JSON.stringify(room.state?.facts)).not.toContain(secret(1));
    expect(link()).toEqual({
      ...{ link: id, seq: made?.seq, by: user(0), uses: 0, usesMax: 3 },
      ...{ expiresAt: START + 1_000, approval: false },
    } as never);
  });

  test('is not made by who may not add, nor twice, nor for a time that is past, nor in a direct room', () => {
    const { submit } = withLink();
    expect(submit(make(1))).toMatchObject({ ...refused('bad-request'), error: { field: 'secret' } });
    expect(submit(make(2, { expiresAt: START }))).toMatchObject(refused('bad-request'));
    submit({ kind: 'set-rights', rights: { add: 'administrators' } });
    expect(submit(make(2), by(1))).toMatchObject({ ...refused('forbidden'), error: { field: 'add' } });
    expect(roomOf(createDirect).submit(make(1))).toMatchObject(refused('forbidden'));
  });

  test('lets somebody in, as often as it says, and then nobody', () => {
    const { room, submit, link } = withLink({ usesMax: 2 });
    expect(submit(join(1), by(5))).toMatchObject({
      event: {
        kind: 'joined',
        sender: user(5),
        change: { type: 'joined', users: [user(5)], link: link()?.link },
      },
    });
    expect(submit(join(1), by(5)).kind).toBe('unchanged');
    expect(submit(join(1), by(6)).kind).toBe('event');
    expect(link()?.uses).toBe(2);
    expect(submit(join(1), by(7))).toMatchObject(INVALID);
    expect(room.state?.members.size).toBe(5);
  });

  test('lets nobody in once it has expired, by the time of the room', () => {
    const { submit } = withLink({ expiresAt: START + 1_000 });
    expect(submit(join(1), { ...by(5), now: START + 999 }).kind).toBe('event');
    expect(submit(join(1), { ...by(6), now: START + 1_000 })).toMatchObject(INVALID);
  });

  test('is revoked by who made it and by administrators', () => {
    const { submit } = withLink();
    expect(submit(revoke(1), by(1))).toMatchObject({ ...refused('forbidden'), error: { field: 'link' } });
    submit(make(2), by(1));
    expect(submit(revoke(2), by(1)).kind).toBe('event');
    submit(make(3), by(1));
    expect(submit(revoke(3)).kind).toBe('event');
    expect(submit(revoke(3)).kind).toBe('unchanged');
    expect(submit(join(3), by(5))).toMatchObject(INVALID);
  });

  test('there are at most ROOM_LINKS_MAX; those that let nobody in make room', () => {
    const max = limits.ROOM_LINKS_MAX;
    const { room, submit } = roomOf(createGroup(2));
    submit(make(100, { expiresAt: START + 5 }));
    submit(make(101, { usesMax: 1 }));
    submit(join(101), by(5));
    for (let number = 2; number < max; number++) expect(submit(make(number)).kind).toBe('event');
    expect(room.state?.facts.links).toHaveLength(max - 1);
    expect(submit(make(90), { now: START + 5 }).kind).toBe('event');
    expect(room.state?.facts.links).toHaveLength(max - 1);
    expect(submit(make(91), { now: START + 5 }).kind).toBe('event');
    const limit = { name: 'ROOM_LINKS_MAX', value: max };
    expect(submit(make(92), { now: START + 5 })).toMatchObject({ ...refused('too-many'), error: { limit } });
  });

  test('of somebody who is removed goes with them; of who leaves it stays', () => {
    const { room, submit } = roomOf(createGroup(4));
    submit(make(1), by(1));
    submit(make(2), by(2));
    submit({ kind: 'leave' }, by(2));
    submit({ kind: 'remove', user: user(1) });
    expect(room.state?.facts.links?.map(({ by }) => by)).toEqual([user(2)]);
    expect(submit(join(1), by(5))).toMatchObject(INVALID);
    expect(submit(join(2), by(5)).kind).toBe('event');
  });
});

describe('[LINK2] whatever is wrong with a link looks alike', () => {
  test('where it never was, where there is no room, and where nobody is left; and it leaves no trace', () => {
    const { room, submit } = withLink();
    const facts = room.facts.length;
    const nowhere = decide(undefined, command(join(1), by(5)));
    expect(nowhere).toMatchObject(INVALID);
    expect(submit(join(9), by(5))).toEqual(nowhere);
    expect(room.facts.length).toBe(facts);
    for (const number of [0, 1, 2]) submit({ kind: 'leave' }, by(number));
    expect(submit(join(1), by(5))).toEqual(nowhere);
    const direct = roomOf(createDirect);
    expect(direct.submit(join(1), by(5))).toEqual(nowhere);
  });

  test('[ORD6] a room of newer rules says so to who has a link, and to nobody else', () => {
    const { room, submit } = withLink();
    if (room.state !== undefined) room.state = { ...room.state, rulesVersion: RULES_VERSION + 1 };
    expect(submit(join(1), by(5))).toMatchObject(refused('rules-unknown', false));
    expect(submit(join(2), by(5))).toMatchObject(INVALID);
  });
});

describe('[LINK3] places are counted by the room', () => {
  test('a full group takes nobody, and the link keeps its use', () => {
    const { submit, link } = withLink({ usesMax: 5 });
    expect(submit(join(1), { ...by(5), groupMembersMax: 3 })).toMatchObject({
      ...refused('room-full', false),
      error: { limit: { name: 'groupMembersMax', value: 3 }, given: 4 },
    });
    expect(link()?.uses).toBe(0);
    expect(submit(join(1), { ...by(5), groupMembersMax: 4 }).kind).toBe('event');
  });
});

describe('[LINK4] a link by request', () => {
  test('lets people ask, and who may add lets them in or not, once', () => {
    const { room, submit, link } = withLink({ approval: true, usesMax: 2 });
    const requests = () => room.state?.facts.requests?.map(({ user }) => user);
    expect(submit(join(1), by(5))).toMatchObject({ event: { kind: 'join-requested', sender: user(5) } });
    expect(submit(join(1), by(5)).kind).toBe('unchanged');
    submit(join(1), by(6));
    expect(requests()).toEqual([user(5), user(6)]);
    expect(room.state?.members.size).toBe(3);
    // Who waits has a use, so that not more are let in than it says.
    expect(submit(join(1), by(7))).toMatchObject(INVALID);
    expect(submit(answer(5, true), by(1))).toMatchObject({
      event: { kind: 'joined', sender: user(1), change: { users: [user(5)], link: link()?.link } },
    });
    expect(link()?.uses).toBe(2);
    expect(submit(answer(5, true)).kind).toBe('unchanged');
    expect(submit(answer(5, false))).toMatchObject(refused('not-found'));
    expect(submit(answer(6, false))).toMatchObject({ event: { kind: 'join-refused' } });
    expect(submit(answer(6, true))).toMatchObject(refused('not-found'));
    expect(link()?.uses).toBe(1);
    expect(requests()).toBeUndefined();
    expect(room.state?.members.has(user(6))).toBe(false);
  });

  test('answers only who may add, and lets in only as many as there are places', () => {
    const { submit, room } = withLink({ approval: true });
    submit(join(1), by(5));
    submit({ kind: 'set-rights', rights: { add: 'administrators' } });
    expect(submit(answer(5, true), by(1))).toMatchObject({
      ...refused('forbidden'),
      error: { field: 'add' },
    });
    expect(submit(answer(5, true), { groupMembersMax: 3 })).toMatchObject(refused('room-full'));
    expect(room.state?.facts.requests).toHaveLength(1);
  });

  test('who was added meanwhile asks no more, and the use is free again', () => {
    const { room, submit, link } = withLink({ approval: true });
    submit(join(1), by(5));
    submit({ kind: 'add', users: [user(5), user(6)] });
    expect(room.state?.facts.requests).toBeUndefined();
    expect(link()?.uses).toBe(0);
  });

  test('keeps nobody who waits by it from another that asks nobody, which then has the use', () => {
    const { room, submit } = withLink({ approval: true });
    submit(make(2));
    submit(join(1), by(5));
    expect(submit(join(2), by(5))).toMatchObject({ event: { kind: 'joined', sender: user(5) } });
    expect(room.state?.facts.requests).toBeUndefined();
    expect(room.state?.facts.links?.map(({ uses }) => uses)).toEqual([0, 1]);
  });

  test('of an account that is deleted it is taken back: the use is free again, and so is the place', () => {
    const { room, submit, link } = withLink({ approval: true, usesMax: 1 });
    submit(join(1), by(5));
    const gone: CommandBody = { kind: 'leave' };
    // Who asks takes nothing back by leaving: they are not in the room.
    expect(submit(gone, by(5))).toMatchObject(refused('not-found', false));
    const unnamed = { room: room.room, sender: user(5), now: START } as const;
    expect(room.submit({ ...gone, ...unnamed })).toMatchObject({
      event: { kind: 'join-refused', sender: user(5), change: { type: 'join-refused', user: user(5) } },
    });
    expect(room.state?.facts.requests).toBeUndefined();
    expect(link()?.uses).toBe(0);
    expect(room.submit({ ...gone, ...unnamed })).toMatchObject(refused('not-found', false));
    expect(submit(join(1), by(6)).kind).toBe('event');
  });

  test('[ORD6] in a room of newer rules it is left for later', () => {
    const { room, submit } = withLink({ approval: true });
    submit(join(1), by(5));
    if (room.state !== undefined) room.state = { ...room.state, rulesVersion: RULES_VERSION + 1 };
    const unnamed = { room: room.room, sender: user(5), now: START } as const;
    expect(room.submit({ kind: 'leave', ...unnamed })).toMatchObject(refused('rules-unknown', false));
  });

  test('is not made again under its secret while somebody waits by it', () => {
    const { submit, link } = withLink({ approval: true });
    submit(join(1), by(5));
    submit(revoke(1));
    expect(submit(make(1))).toMatchObject({ ...refused('bad-request'), error: { field: 'secret' } });
    submit(answer(5, false));
    expect(submit(make(1)).kind).toBe('event');
    expect(link()?.uses).toBe(0);
  });

  test('at most JOIN_REQUESTS_MAX wait', () => {
    const { submit } = withLink({ approval: true });
    for (let number = 0; number < limits.JOIN_REQUESTS_MAX; number++)
      expect(submit(join(1), by(100 + number)).kind).toBe('event');
    expect(submit(join(1), by(99))).toMatchObject(refused('too-many', false));
  });
});

describe('[LINK5] who was removed', () => {
  test('does not come back by a link from before, but by a later one, or after being let in again', () => {
    const { room, submit } = withLink();
    submit({ kind: 'remove', user: user(2) });
    expect(decide(room.state, command(join(1), { ...by(2), window: null }))).toEqual({
      kind: 'lookup',
      of: 'removal',
    });
    const refused = submit(join(1), by(2));
    expect(refused).toMatchObject(INVALID);
    expect(refused).toMatchObject({
      error: { field: 'removed', message: expect.stringContaining('Ask somebody there to add you') },
    });
    submit(make(2));
    expect(submit(join(2), by(2)).kind).toBe('event');
    submit({ kind: 'leave' }, by(2));
    expect(submit(join(1), by(2)).kind).toBe('event');
  });
});

test('[ORD8][LINK1] the facts of a room without links and requests hold none', () => {
  const { room, submit } = withLink({ approval: true });
  submit(join(1), by(5));
  submit(answer(5, false));
  submit(revoke(1));
  expect(room.state?.facts).toEqual({} satisfies RoomFacts);
});
