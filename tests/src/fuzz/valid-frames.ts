import {
  limits,
  linkIdOf,
  newLinkSecret,
  nextClientMessageId,
  type RoomId,
  type UpKind,
  type UserId,
} from '@maru/protocol';
import type { SeededRandom } from '../simulation/seeded-random.ts';

/** What frames are about: rooms and people that are there, are others', or are nowhere. */
export interface Scene {
  readonly rooms: readonly RoomId[];
  readonly users: readonly UserId[];
}

const SCHEDULED = 'scheduled_01h455vb4pex5vsknk084sn02v';
const TEXTS = ['', ' ', '안녕', '\0', '\ud800', '😀'.repeat(500), 'x'.repeat(limits.MESSAGE_CHARS_MAX + 1)];

/** A well-formed frame of each kind, and with that not always one that is granted. */
export function validFrames(random: SeededRandom, { rooms, users }: Scene): Readonly<Record<UpKind, object>> {
  const room = random.pick(rooms);
  const id = random.between(0, 1_000);
  const seq = random.between(1, 50);
  const name = {
    room,
    clientMessageId: nextClientMessageId(undefined, random.between(0, 2 ** 40), random.bytes(10)),
  };
  const entity = { type: random.pick(['bold', 'link']), offset: random.between(0, 9), length: 3 };
  const text = random.pick(TEXTS);
  const content = random.pick([
    { type: 'text', text, entities: [entity] },
    { type: 'text', text: `말 ${id}`, replyTo: seq, forwarded: { sender: random.pick(users), sentAt: id } },
    { type: 'sealed', blob: random.bytes(40).toBase64() },
  ]);
  const some = users.filter(() => random.chance(0.5));
  const group = { roomKind: 'group', name: `방 ${id}`, users: some };
  const shape = random.pick([
    group,
    { roomKind: 'channel', name: `소식 ${id}`, description: text.slice(0, 9), public: random.chance(0.5) },
    { roomKind: 'direct', user: random.pick(users) },
    {
      roomKind: 'direct',
      user: random.pick(users),
      relate: { act: random.pick(['request', 'block']), note: content },
    },
  ]);
  return {
    hello: { kind: 'hello', versions: [1, 9], capabilities: [text.slice(0, 9)], ticket: 'nobody has this' },
    beat: { kind: 'beat', state: random.pick(['active', 'away']), cursor: random.bytes(12).toBase64() },
    delivered: { kind: 'delivered', marks: [[room, seq]] },
    typing: { kind: 'typing', room },
    sync: { kind: 'sync', id, eventsPerRoom: random.between(0, 50) },
    history: { kind: 'history', id, room, from: seq, direction: random.pick(['older', 'newer', 'around']) },
    mark: { kind: 'mark', id, room, read: seq, unread: random.chance(0.5) },
    look: { kind: 'look', id, rooms: [room] },
    status: { kind: 'status', id, ...name },
    set: {
      kind: 'set',
      id,
      name: random.pick([
        `room/${room}`,
        `draft/${room}`,
        `hidden/${room}`,
        `stars/${room}`,
        'quick-replies',
        'folders',
      ]),
      value: random.pick([null, { text }, { pinned: seq }, [[seq, seq + 1]], [{ shortcut: 'a', text: 'b' }]]),
    },
    send: { kind: 'send', ...name, replyTo: seq, content, mentions: some },
    edit: { kind: 'edit', ...name, refersTo: seq, content, mentionsAll: true },
    react: {
      kind: 'react',
      ...name,
      refersTo: seq,
      reaction: random.pick(['👍', '❤️', text]),
      on: random.chance(0.7),
    },
    pin: { kind: 'pin', ...name, refersTo: seq, on: random.chance(0.7) },
    delete: { kind: 'delete', ...name, refersTo: seq },
    create: { kind: 'create', ...name, ...shape },
    add: { kind: 'add', ...name, users: [random.pick(users), ...some] },
    remove: { kind: 'remove', ...name, user: random.pick(users) },
    leave: { kind: 'leave', ...name },
    rename: { kind: 'rename', ...name, name: text.slice(0, 80) },
    describe: { kind: 'describe', ...name, description: text.slice(0, 900) },
    'set-timer': { kind: 'set-timer', ...name, seconds: random.pick([0, 3_600, 86_400]) },
    relate: {
      kind: 'relate',
      ...name,
      act: random.pick(['request', 'accept', 'refuse', 'cancel', 'remove', 'block', 'unblock']),
      basedOn: random.between(0, 9),
      note: content,
      ...(random.chance(0.3) && {
        report: { reason: 'spam', note: text.slice(0, 99), room, seq, include: true },
      }),
    },
    schedule: { kind: 'schedule', ...name, at: random.pick([0, 1, 4e12]), content: { type: 'text', text } },
    reschedule: { kind: 'reschedule', ...name, scheduled: SCHEDULED, at: 1 },
    unschedule: { kind: 'unschedule', ...name, scheduled: SCHEDULED },
    ...groupFrames(random, { name, users }),
    'set-history': { kind: 'set-history', ...name, history: random.pick(['all', 'since-joined']) },
  };
}

/** Those about roles, rights and links. */
function groupFrames(
  random: SeededRandom,
  { name, users }: Pick<Scene, 'users'> & { readonly name: object },
) {
  // Few, so that links are met again.
  const secret = newLinkSecret(new Uint8Array(16).fill(random.between(0, 3)));
  return {
    'set-role': {
      kind: 'set-role',
      ...name,
      user: random.pick(users),
      role: random.pick(['owner', 'administrator', 'member']),
    },
    'set-rights': {
      kind: 'set-rights',
      ...name,
      rights: { [random.pick(['send', 'add', 'rename', 'mention-all'])]: random.pick(['everyone', 'owner']) },
    },
    'set-slow-mode': { kind: 'set-slow-mode', ...name, seconds: random.between(0, 4_000) },
    'make-link': {
      kind: 'make-link',
      ...name,
      secret,
      usesMax: random.between(0, 9),
      approval: random.chance(0.5),
    },
    'revoke-link': { kind: 'revoke-link', ...name, link: linkIdOf(secret) },
    join: { kind: 'join', ...name, secret },
    'answer-join': { kind: 'answer-join', ...name, user: random.pick(users), accept: random.chance(0.5) },
  };
}
