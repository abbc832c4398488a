import { expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import type { CommandBody } from './command.ts';
import { FACTS_RULES_VERSION } from './state.ts';
import { START, seq, user } from './testing/people.ts';
import { by, createDirect, createGroup, refused, roomOf, send } from './testing/room-of.ts';

const pin = (refersTo: number, on = true): CommandBody => ({ kind: 'pin', refersTo: seq(refersTo), on });

test('[TALK9] members pin messages of anybody, once, and take them down', () => {
  const { room, submit } = roomOf(createGroup(3));
  submit(send);
  expect(submit(pin(2), by(1))).toMatchObject({
    kind: 'event',
    event: { kind: 'pinned', refersTo: 2, counts: false, change: { type: 'pinned', on: true } },
  });
  expect(submit(pin(2), by(2)).kind).toBe('unchanged');
  expect(room.state?.facts.pins).toEqual([seq(2)]);
  expect(submit(pin(2, false), by(2))).toMatchObject({ event: { change: { type: 'pinned', on: false } } });
  expect(submit(pin(2, false), by(2)).kind).toBe('unchanged');
  expect(room.state?.facts).toEqual({});
});

test('[TALK9][GROUP3] who has not the right pins nothing and takes nothing down', () => {
  const { room, submit } = roomOf(createGroup(3));
  submit(send);
  submit({ kind: 'set-role', user: user(1), role: 'administrator' });
  submit({ kind: 'set-rights', rights: { pin: 'administrators' } });
  const forbidden = { ...refused('forbidden'), error: { code: 'forbidden', field: 'pin' } };
  expect(submit(pin(2), by(2))).toMatchObject(forbidden);
  expect(submit(pin(2), by(1)).kind).toBe('event');
  expect(submit(pin(2, false), by(2))).toMatchObject(forbidden);
  // Nothing to change is no way around it.
  expect(submit(pin(2), by(2))).toMatchObject(forbidden);
  expect(room.state?.facts.pins).toEqual([seq(2)]);
  submit({ kind: 'set-rights', rights: { pin: 'owner' } });
  expect(submit(pin(2, false), by(1))).toMatchObject(forbidden);
  expect(submit(pin(2, false)).kind).toBe('event');
});

test('[TALK9] a deleted message is taken down with it, and not pinned again', () => {
  const { room, submit } = roomOf(createDirect);
  submit(send);
  submit(pin(2), by(1));
  submit({ kind: 'delete', refersTo: seq(2) });
  expect(room.state?.facts).toEqual({});
  expect(submit(pin(2), by(1))).toMatchObject(refused('already-deleted'));
});

test('[TALK9] nothing is pinned but a message that the sender may see, and that has not expired', () => {
  const { submit } = roomOf(createGroup(2));
  submit({ ...send, expiresAfter: 60 } as CommandBody);
  expect(submit(pin(1))).toMatchObject(refused('forbidden'));
  expect(submit(pin(9))).toMatchObject(refused('not-found'));
  submit({ kind: 'set-history', history: 'since-joined' });
  submit({ kind: 'add', users: [user(7)] });
  expect(submit(pin(2), by(7))).toMatchObject(refused('not-found'));
  expect(submit(pin(2)).kind).toBe('event');
  submit(pin(2, false));
  expect(submit(pin(2), { now: START + 60_000 })).toMatchObject(refused('not-found'));
});

test('[TALK9] a room has so many pins, and one more when one is taken down', () => {
  const { submit } = roomOf(createGroup(2));
  const max = limits.PINS_MAX;
  for (let i = 0; i <= max; i++) submit(send);
  for (let i = 0; i < max; i++) expect(submit(pin(2 + i)).kind).toBe('event');
  expect(submit(pin(2 + max))).toMatchObject({
    ...refused('too-many'),
    error: { limit: { name: 'PINS_MAX', value: max }, given: max + 1 },
  });
  submit(pin(2, false));
  expect(submit(pin(2 + max)).kind).toBe('event');
});

test('[ORD6] a pin raises a room of older rules', () => {
  const { room, submit } = roomOf(createGroup(2));
  submit(send);
  if (room.state === undefined) throw new Error('there is no room');
  room.state = { ...room.state, rulesVersion: 1 };
  expect(submit(pin(2))).toMatchObject({ event: { rulesVersion: FACTS_RULES_VERSION } });
});
