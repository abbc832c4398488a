import { describe, expect, test } from 'bun:test';
import { roomEntry } from './down/room.ts';
import type { Change } from './event.ts';
import type { Seq, UserId } from './ids.ts';
import { type FactsEvent, factsAfter, NO_FACTS } from './room-facts.ts';
import { mayDo, roleOf } from './room-rights.ts';
import { create } from './up/create.ts';
import { join } from './up/join.ts';

const [OWNER, READER] = ['user_01', 'user_02'] as UserId[] as [UserId, UserId];
const ENTRY = {
  ...{ room: 'room_01jv8c7e5mf8gs5r2w4q6tqv3d', creator: 'user_01jv8c7e5mf8gs5r2w4q6tqv3d', history: 'all' },
  ...{ membership: 'member', memberCount: 1, visible: [[1, null]], head: { seq: 1, ordinal: 0, at: 1 } },
  ...{ marks: { read: 1, unread: false, delivered: 1 }, unreadCount: 0, events: [] },
};
type Created = Extract<Change, { type: 'created' }>;
const created = (more: Partial<Created> = {}): FactsEvent & { change: Created } => {
  const change: Created = { type: 'created', roomKind: 'channel', history: 'all', members: [OWNER] };
  return { kind: 'created', seq: 1 as Seq, sender: OWNER, change: { ...change, ...more } };
};

describe('[CHANNEL9] older clients', () => {
  test('see a kind of room that they do not know as a group', () => {
    expect(roomEntry.parse({ ...ENTRY, roomKind: 'channel' }).roomKind).toBe('channel');
    expect(roomEntry.parse({ ...ENTRY, roomKind: 'stage' }).roomKind).toBe('group');
  });

  test('know by a group’s rules what may be done in a channel', () => {
    const facts = factsAfter(NO_FACTS, created());
    const asGroup = { roomKind: 'group', facts, creator: READER, members: new Map() } as const;
    for (const right of ['send', 'add', 'pin', 'rename', 'describe'] as const) {
      expect([right, mayDo(asGroup, OWNER, right), mayDo(asGroup, READER, right)]).toEqual([
        right,
        true,
        false,
      ]);
    }
    expect([roleOf(asGroup, OWNER), roleOf(asGroup, READER)]).toEqual(['owner', 'member']);
  });
});

test('[CHANNEL1][ORD8] what a channel begins with are facts', () => {
  expect(factsAfter(NO_FACTS, created({ public: true, description: 'News' }))).toMatchObject({
    ...{ public: true, description: 'News', owner: OWNER, rights: { send: 'administrators' } },
  });
  expect(factsAfter(NO_FACTS, created())).not.toHaveProperty('public');
  const group = created({ roomKind: 'group' });
  expect(factsAfter(NO_FACTS, group)).toBe(NO_FACTS);
});

test('[CHANNEL2] a channel is closed unless it says otherwise, and is joined without a secret', () => {
  const name = { room: ENTRY.room, clientMessageId: '01970000-0000-7000-8000-000000000001' };
  expect(create.parse({ kind: 'create', roomKind: 'channel', ...name, name: ' News ' })).toMatchObject({
    ...{ name: 'News', description: '', public: false },
  });
  expect(join.safeParse({ kind: 'join', ...name }).success).toBe(true);
});
