import { describe, expect, test } from 'bun:test';
import { newRoomId, newUserId } from './id-codec.ts';
import * as limits from './limits.ts';
import { upFrame } from './up.ts';

const room = newRoomId();
const user = newUserId();
const name = { room, clientMessageId: '01890a5d-ac96-774b-bcce-b302099a8057' };
const text = { type: 'text', text: '안녕하세요' };
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

/** One of each kind, as a client sends it, with nothing that the schema would fill in. */
const FRAMES = {
  hello: { kind: 'hello', versions: [1], capabilities: [], ticket: 't', cursor: 'c' },
  send: { kind: 'send', ...name, replyTo: 1, content: text, mentions: [user], expiresAfter: 60 },
  edit: { kind: 'edit', ...name, refersTo: 1, content: text, mentions: [] },
  delete: { kind: 'delete', ...name, refersTo: 1 },
  create: { kind: 'create', roomKind: 'group', ...name, name: '마루', history: 'all', users: [user] },
  createDirect: { kind: 'create', roomKind: 'direct', ...name, user },
  createRequest: {
    kind: 'create',
    roomKind: 'direct',
    ...name,
    user,
    relate: { act: 'request', note: text },
  },
  add: { kind: 'add', ...name, users: [user] },
  remove: { kind: 'remove', ...name, user },
  leave: { kind: 'leave', ...name },
  rename: { kind: 'rename', ...name, name: '새 이름' },
  setHistory: { kind: 'set-history', ...name, history: 'since-joined' },
  relate: { kind: 'relate', ...name, act: 'request', basedOn: 0, note: text },
  react: { kind: 'react', ...name, refersTo: 1, reaction: '👍🏽', on: true },
  pin: { kind: 'pin', ...name, refersTo: 1, on: false },
  sync: { kind: 'sync', id: 1, cursor: 'c', eventsPerRoom: 20 },
  history: { kind: 'history', id: 1, room, from: 5, direction: 'around', limit: 50 },
  mark: { kind: 'mark', id: 1, room, read: 5, unread: false },
  look: { kind: 'look', id: 1, rooms: [room] },
  status: { kind: 'status', id: 1, ...name },
  delivered: { kind: 'delivered', marks: [[room, 5]] },
  typing: { kind: 'typing', room },
  beat: { kind: 'beat', state: 'active', cursor: 'c' },
} as const;

const accepts = (frame: unknown): boolean => upFrame.safeParse(frame).success;

describe('a frame from a client', () => {
  for (const [kind, frame] of Object.entries(FRAMES)) {
    test(`[WIRE2] of kind '${kind}' is taken as it is, without fields that this version doesn't know`, () => {
      expect(upFrame.parse(frame)).toEqual(frame as never);
      expect(upFrame.parse({ ...frame, ofALaterVersion: { deep: [1] } })).toEqual(frame as never);
    });

    test(`[WIRE3] of kind '${kind}' is not taken when a field is missing or of another type`, () => {
      for (const [field, value] of Object.entries(frame)) {
        const { [field]: _dropped, ...rest } = frame as Record<string, unknown>;
        expect(accepts({ ...rest, [field]: { not: 'this' } })).toBe(false);
        const optional = OPTIONAL.includes(`${kind}.${field}`);
        expect([kind, field, accepts(rest)]).toEqual([kind, field, optional]);
        expect(accepts({ ...rest, [field]: typeof value === 'string' ? 7 : 'seven' })).toBe(false);
      }
    });
  }

  test('[WIRE2] of an unknown kind is not taken', () => {
    for (const kind of ['shout', '', 'constructor', '__proto__', 'SEND', null, 1, undefined]) {
      expect(accepts({ ...FRAMES.send, kind })).toBe(false);
    }
  });

  test('[WIRE3] that is no object is not taken', () => {
    for (const frame of [null, undefined, 'send', 7, true, [], [FRAMES.send]])
      expect(accepts(frame)).toBe(false);
  });

  test('has what it leaves out filled in', () => {
    expect(upFrame.parse({ kind: 'hello', versions: [1] })).toMatchObject({ capabilities: [] });
    expect(upFrame.parse({ kind: 'sync', id: 1 })).toMatchObject({ eventsPerRoom: 20 });
    expect(upFrame.parse({ kind: 'history', id: 1, room })).toMatchObject({ direction: 'older', limit: 50 });
    expect(upFrame.parse({ kind: 'create', roomKind: 'group', ...name, name: 'x' })).toMatchObject({
      history: 'all',
      users: [],
    });
  });
});

const OPTIONAL = [
  'hello.capabilities',
  'hello.ticket',
  'hello.cursor',
  'send.replyTo',
  'send.mentions',
  'send.expiresAfter',
  'edit.mentions',
  'create.history',
  'create.users',
  'createRequest.relate',
  'relate.note',
  'sync.cursor',
  'sync.eventsPerRoom',
  'history.from',
  'history.direction',
  'history.limit',
  'mark.read',
  'mark.unread',
  'beat.cursor',
];

describe('limits of frames, at them and one beyond', () => {
  const countable: readonly [string, number, (count: number) => unknown][] = [
    ['mentions', limits.MENTIONS_MAX, (n) => ({ ...FRAMES.send, mentions: many(n, user) })],
    ['expiresAfter', limits.EXPIRES_AFTER_S_MAX, (n) => ({ ...FRAMES.send, expiresAfter: n })],
    ['users of a create', limits.USERS_PER_COMMAND_MAX, (n) => ({ ...FRAMES.create, users: many(n, user) })],
    ['users of an add', limits.USERS_PER_COMMAND_MAX, (n) => ({ ...FRAMES.add, users: many(n, user) })],
    ["a room's name", limits.ROOM_NAME_CHARS_MAX, (n) => ({ ...FRAMES.rename, name: '한'.repeat(n) })],
    ["a new room's name", limits.ROOM_NAME_CHARS_MAX, (n) => ({ ...FRAMES.create, name: '😀'.repeat(n) })],
    ['events of a room', limits.SYNC_EVENTS_PER_ROOM_MAX, (n) => ({ ...FRAMES.sync, eventsPerRoom: n })],
    ['events of a page', limits.PAGE_EVENTS_MAX, (n) => ({ ...FRAMES.history, limit: n })],
    ['rooms of a look', limits.LOOK_ROOMS_MAX, (n) => ({ ...FRAMES.look, rooms: many(n, room) })],
    [
      'rooms delivered',
      limits.DELIVERED_ROOMS_MAX,
      (n) => ({ ...FRAMES.delivered, marks: many(n, [room, 1]) }),
    ],
    ['versions', 16, (n) => ({ ...FRAMES.hello, versions: many(n, 1) })],
    ['capabilities', 64, (n) => ({ ...FRAMES.hello, capabilities: many(n, 'x') })],
    ['a ticket', 128, (n) => ({ ...FRAMES.hello, ticket: 'x'.repeat(n) })],
    ['a cursor', 200, (n) => ({ ...FRAMES.beat, cursor: 'x'.repeat(n) })],
    ["a request's id", 2 ** 32, (n) => ({ ...FRAMES.sync, id: n })],
  ];
  for (const [what, max, frame] of countable) {
    test(`[LIMIT7] ${what}: ${max}`, () => {
      expect(accepts(frame(max))).toBe(true);
      expect(accepts(frame(max + 1))).toBe(false);
    });
  }

  test('[LIMIT7] at least one version, one person to add, one event of a page, one second', () => {
    expect(accepts({ ...FRAMES.hello, versions: [] })).toBe(false);
    expect(accepts({ ...FRAMES.add, users: [] })).toBe(false);
    expect(accepts({ ...FRAMES.history, limit: 0 })).toBe(false);
    expect(accepts({ ...FRAMES.send, expiresAfter: 0 })).toBe(false);
    expect(accepts({ ...FRAMES.rename, name: '  ' })).toBe(false);
  });
});
