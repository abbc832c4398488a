import { describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import type { CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { FACTS_RULES_VERSION } from './state.ts';
import { command, idAt, START, seq, user } from './testing/people.ts';
import { by, createDirect, createGroup, refused, roomOf, send } from './testing/room-of.ts';

const react = (reaction: string, on = true, refersTo = 2): CommandBody => ({
  kind: 'react',
  refersTo: seq(refersTo),
  reaction,
  on,
});

const emoji = (number: number) => String.fromCodePoint(0x1f600 + number);

describe('a reaction', () => {
  test('[TALK2] is one of its kind for each person, and taken off once', () => {
    const { room, submit } = roomOf(createGroup(3));
    submit(send);
    expect(submit(react('👍'), by(1))).toMatchObject({
      kind: 'event',
      event: {
        kind: 'reaction',
        refersTo: 2,
        sender: user(1),
        counts: false,
        ordinal: 1,
        change: { type: 'reacted', reaction: '👍', on: true },
      },
    });
    expect(submit(react('👍'), by(1)).kind).toBe('unchanged');
    expect(submit(react('👍'), by(2)).kind).toBe('event');
    expect(submit(react('❤️'), by(1)).kind).toBe('event');
    expect(submit(react('👍', false), by(1))).toMatchObject({
      event: { change: { type: 'reacted', reaction: '👍', on: false, put: 3 } },
    });
    expect(submit(react('👍', false), by(1)).kind).toBe('unchanged');
    expect(submit(react('😂', false), by(1)).kind).toBe('unchanged');
    expect(room.events.length).toBe(6);
  });

  test('[TALK3] one person puts so many on a message, and not one more until one is off', () => {
    const { submit } = roomOf(createGroup(2));
    submit(send);
    const max = limits.REACTIONS_PER_USER_MAX;
    for (let i = 0; i < max; i++) expect(submit(react(emoji(i))).kind).toBe('event');
    expect(submit(react(emoji(max)))).toMatchObject({
      ...refused('too-many'),
      error: { limit: { name: 'REACTIONS_PER_USER_MAX', value: max }, given: max + 1 },
    });
    expect(submit(react(emoji(0))).kind).toBe('unchanged');
    submit(react(emoji(0), false));
    expect(submit(react(emoji(max))).kind).toBe('event');
  });

  test('[TALK3] a message bears so many kinds, and more of each of them', () => {
    const { submit } = roomOf(createGroup(40));
    submit(send);
    const max = limits.REACTION_KINDS_MAX;
    for (let i = 0; i < max; i++) expect(submit(react(emoji(i)), by(i)).kind).toBe('event');
    expect(submit(react(emoji(max)), by(max))).toMatchObject({
      ...refused('too-many'),
      error: { limit: { name: 'REACTION_KINDS_MAX', value: max }, given: max + 1 },
    });
    expect(submit(react(emoji(3)), by(max)).kind).toBe('event');
    submit(react(emoji(5), false), by(5));
    expect(submit(react(emoji(max)), by(max)).kind).toBe('event');
  });

  test('[TALK4] is put on no message that was deleted, has expired, or is none', () => {
    const { submit } = roomOf(createGroup(2));
    submit(send);
    submit({ ...send, expiresAfter: 60 } as CommandBody);
    submit(react('👍', true, 3));
    submit({ kind: 'delete', refersTo: seq(2) });
    expect(submit(react('👍'), by(1))).toMatchObject(refused('already-deleted'));
    expect(submit(react('👍', true, 1), by(1))).toMatchObject(refused('forbidden'));
    expect(submit(react('👍', true, 4), by(1))).toMatchObject(refused('forbidden'));
    expect(submit(react('👍', true, 99), by(1))).toMatchObject(refused('not-found'));
    const late = { ...by(1), now: START + 60_000 };
    expect(submit(react('👍', true, 3), late)).toMatchObject(refused('not-found'));
  });

  test('[TALK4] is put on nothing that its sender may not see, unless they saw it when they were here before', () => {
    const { room, submit } = roomOf(createGroup(2));
    submit(send);
    submit({ kind: 'set-history', history: 'since-joined' });
    submit({ kind: 'add', users: [user(7)] });
    expect(submit(react('👍'), by(7))).toMatchObject(refused('not-found'));
    submit(send);
    expect(submit(react('👍', true, 6), by(7))).toMatchObject(refused('not-found'));
    expect(submit(react('👍', true, 5), by(7)).kind).toBe('event');
    const target = { sender: user(0), kind: 'message', deleted: false, kinds: [], own: [], wasSeen: true };
    const seen = command({ ...react('👍'), target } as CommandBody, {
      ...by(7),
      clientMessageId: idAt(START, 99),
    });
    expect(decide(room.state, seen).kind).toBe('event');
  });

  test('[ORD6] raises a room of older rules', () => {
    const { room, submit } = roomOf(createDirect);
    submit(send);
    if (room.state === undefined) throw new Error('there is no room');
    room.state = { ...room.state, rulesVersion: 1 };
    expect(submit(react('👍'), by(1))).toMatchObject({ event: { rulesVersion: FACTS_RULES_VERSION } });
  });
});
