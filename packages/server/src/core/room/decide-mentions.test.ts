import { describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import type { CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { FACTS_RULES_VERSION, FIRST_RULES_VERSION } from './state.ts';
import { command, content, idAt, START, seq, user } from './testing/people.ts';
import { by, createDirect, createGroup, DIRECT, refused, roomOf, send } from './testing/room-of.ts';

const all: CommandBody = { kind: 'send', content: content('@all'), mentionsAll: true };
const SMALL = limits.MENTION_ALL_MEMBERS_MAX;

describe('naming everybody', () => {
  test('[TEXT2] is for each in a small room', () => {
    const { submit } = roomOf(createGroup(SMALL));
    expect(submit(all, by(3))).toMatchObject({
      kind: 'event',
      event: { kind: 'message', mentionsAll: true },
    });
    const direct = roomOf(createDirect);
    expect(direct.submit(all, { ...by(1), room: DIRECT }).kind).toBe('event');
  });

  test('[TEXT2] in a bigger one for who looks after it, in messages and edits', () => {
    const { submit } = roomOf(createGroup(SMALL + 1));
    expect(submit(all)).toMatchObject({ kind: 'event', event: { mentionsAll: true } });
    expect(submit(all, by(1))).toMatchObject({
      ...refused('forbidden'),
      error: { field: 'mention-all', message: expect.stringContaining('administrators') },
    });
    expect(submit(send, by(1)).kind).toBe('event');
    const target = { sender: user(1), kind: 'message', deleted: false };
    const edit: CommandBody = {
      kind: 'edit',
      refersTo: seq(3),
      content: content('@all'),
      target,
      mentionsAll: true,
    };
    expect(submit(edit, by(1))).toMatchObject(refused('forbidden'));
    // With whoever leaves the room becomes small enough.
    submit({ kind: 'leave' }, by(2));
    expect(submit(edit, by(1))).toMatchObject({ kind: 'event', event: { kind: 'edit', mentionsAll: true } });
  });

  test('[TEXT2][GROUP3] goes by what the group has set, whatever its size', () => {
    const small = roomOf(createGroup(3));
    small.submit({ kind: 'set-rights', rights: { 'mention-all': 'owner' } });
    expect(small.submit(all, by(1))).toMatchObject({
      ...refused('forbidden'),
      error: { field: 'mention-all', message: "In this group 'mention-all' is for its owner." },
    });
    expect(small.submit(all).kind).toBe('event');
    const big = roomOf(createGroup(SMALL + 1));
    big.submit({ kind: 'set-rights', rights: { 'mention-all': 'everyone' } });
    expect(big.submit(all, by(1)).kind).toBe('event');
  });

  test('[ORD6] raises a room of older rules', () => {
    const { room } = roomOf(createGroup(3));
    if (room.state === undefined) throw new Error('no room');
    const older = { ...room.state, rulesVersion: FIRST_RULES_VERSION };
    const stamp = { clientMessageId: idAt(START, 40) };
    expect(decide(older, command(all, stamp))).toMatchObject({
      event: { rulesVersion: FACTS_RULES_VERSION },
    });
    expect(decide(older, command(send, stamp))).not.toHaveProperty('event.rulesVersion');
  });
});
