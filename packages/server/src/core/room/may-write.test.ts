import { describe, expect, test } from 'bun:test';
import { directRoomId } from '@maru/protocol';
import type { CommandBody, Decision, RoomCommand } from './command.ts';
import { ModelRoom } from './testing/model-room.ts';
import { content, device, user } from './testing/people.ts';

const [ANA, BEN] = [user(0), user(1)];
const ROOM = directRoomId(ANA, BEN);
let minted = 0;

/** A direct room of Ana and Ben, as devices of theirs use it. */
class Pair {
  readonly room = new ModelRoom(ROOM);

  does(by: 0 | 1, body: CommandBody): string {
    const decision = this.room.submit(this.command(by, body));
    return decision.kind === 'refused' ? decision.error.code : decision.kind;
  }

  /** What a decision asks for, if it asks for anything but what the device sent before. */
  asks(by: 0 | 1, body: CommandBody): Decision['kind'] | 'policy' {
    const before = { ...this.command(by, body), window: null };
    const decision = this.room.decideOnly(before);
    return decision.kind === 'lookup' && decision.of === 'policy' ? 'policy' : decision.kind;
  }

  command(by: 0 | 1, body: CommandBody): RoomCommand {
    const clientMessageId = `01890a5d-ac96-774b-bcce-${String(minted++).padStart(12, '0')}`;
    return {
      ...{ room: ROOM, sender: user(by), device: device(by, 0), now: 1_000, groupMembersMax: 500 },
      clientMessageId: clientMessageId as never,
      ...body,
    };
  }
}

const create = { kind: 'create', roomKind: 'direct', user: BEN } as const;
const send = { kind: 'send', content: content('hello') } as const;
const relate = (act: 'request' | 'accept' | 'refuse' | 'remove') => ({ kind: 'relate', act }) as const;

describe('[PEOPLE8] who does not let strangers write', () => {
  test('is not written to, nor is a room made with them, until they have accepted', () => {
    const pair = new Pair();
    pair.room.mayWrite = false;
    expect(pair.does(0, create)).toBe('contacts-only');
    expect(pair.room.events).toEqual([]);
    expect(pair.does(0, { ...create, relate: { act: 'request' } })).toBe('event');
    expect(pair.does(0, send)).toBe('contacts-only');
    expect(pair.does(1, relate('accept'))).toBe('event');
    expect(pair.does(0, send)).toBe('event');
  });

  test('accepts by writing first', () => {
    const pair = new Pair();
    pair.room.mayWrite = false;
    expect(pair.does(0, { ...create, relate: { act: 'request' } })).toBe('event');
    expect(pair.does(1, send)).toBe('event');
    expect(pair.does(0, send)).toBe('event');
  });

  test('takes that back by refusing or removing: then nothing new is said, also by an edit, but taken back', () => {
    const pair = new Pair();
    expect(pair.does(0, create)).toBe('event');
    expect(pair.does(0, send)).toBe('event');
    expect(pair.does(0, { kind: 'react', reaction: '👍', refersTo: 2 as never, on: true })).toBe('event');
    pair.room.mayWrite = false;
    expect(pair.does(1, relate('refuse'))).toBe('event');
    expect(pair.does(0, send)).toBe('contacts-only');
    const [, message] = pair.room.events;
    const refersTo = message?.seq ?? (0 as never);
    expect(pair.does(0, { kind: 'edit', refersTo, content: content('changed') })).toBe('contacts-only');
    expect(pair.does(0, { kind: 'schedule' })).toBe('contacts-only');
    expect(pair.does(0, { kind: 'set-timer', seconds: 5 })).toBe('contacts-only');
    const mark = { refersTo, on: true } as const;
    expect(pair.does(0, { kind: 'react', reaction: '❤️', ...mark })).toBe('contacts-only');
    expect(pair.does(0, { kind: 'pin', ...mark })).toBe('contacts-only');
    expect(pair.does(0, { kind: 'react', reaction: '👍', refersTo, on: false })).toBe('event');
    expect(pair.does(0, { kind: 'delete', refersTo })).toBe('event');
  });

  test('is asked only as long as they have not accepted, so that a plain send asks for nothing', () => {
    const pair = new Pair();
    expect(pair.asks(0, create)).toBe('policy');
    expect(pair.asks(0, { ...create, relate: { act: 'request' } })).toBe('event');
    pair.does(0, create);
    expect(pair.asks(0, send)).toBe('policy');
    pair.does(0, send);
    expect(pair.asks(0, send)).toBe('policy');
    expect(pair.asks(1, send)).toBe('event');
    pair.does(1, send);
    expect(pair.asks(0, send)).toBe('event');
  });

  test('keeps the server from nothing that it does itself', () => {
    const pair = new Pair();
    pair.room.mayWrite = false;
    const { device: _device, clientMessageId: _id, ...unnamed } = pair.command(0, create);
    expect(pair.room.submit(unnamed).kind).toBe('event');
    const { device: _other, clientMessageId: _its, ...imported } = pair.command(0, send);
    expect(pair.room.submit(imported).kind).toBe('event');
  });
});
