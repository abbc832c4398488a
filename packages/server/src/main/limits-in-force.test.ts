import { describe, expect, test } from 'bun:test';
import { limits, newRoomId, type RoomId, textContent } from '@maru/protocol';
import { createMemoryEngine } from '../engines/memory/memory-engine.ts';
import { openForTest } from '../engines/sqlite/testing/open-for-test.ts';
import { scratchFolder } from '../engines/sqlite/testing/scratch-folder.ts';
import { composedServer } from './testing/composed-server.ts';

// Whole servers: what an operator set is told, and holds on every way in.

const MEMBERS = 3;
const CHARS = 10;
const config = { groupMembersMax: MEMBERS, messageCharsMax: CHARS };

describe('what the operator set', () => {
  test('[LIMIT1] stands in the greeting and in what anyone may ask', async () => {
    await using server = composedServer({ config });
    const ada = await server.person('ada');
    const inForce = { groupMembersMax: MEMBERS, messageCharsMax: CHARS };
    expect((await server.open(ada.token)).of('welcome')).toMatchObject([{ limits: inForce }]);
    expect(await server.client.call('getServer')).toMatchObject({ limits: inForce });
  });

  test('[LIMIT4] is how many a group may have, by creating and by adding, and not one more', async () => {
    await using server = composedServer({ config });
    const [ada, ben, eve, joe] = [
      await server.person('ada'),
      await server.person('ben'),
      await server.person('eve'),
      await server.person('joe'),
    ];
    const full = { kind: 'refused', code: 'room-full', limit: { value: MEMBERS } };
    const session = await server.open(ada.token);
    const command = (room: RoomId) => ({ room, clientMessageId: server.nextId() });
    const create = (others: readonly { user: string }[]) => {
      const users = others.map(({ user }) => user);
      session.say({ kind: 'create', roomKind: 'group', ...command(newRoomId()), name: 'Floor', users });
    };
    create([ben, eve]);
    const { room } = await session.take('accepted');
    create([ben, eve, joe]);
    expect(await session.take('refused')).toMatchObject(full);
    session.say({ kind: 'add', ...command(room), users: [joe.user] });
    expect(await session.take('refused')).toMatchObject(full);
    const body = { kind: 'add' as const, ...command(room), users: [joe.user] };
    expect(await server.client.refused('postCommand', { token: ben.token, body })).toBe('room-full');
  });

  test('[LIMIT2] is how long a message and an edit may be, and not one more', async () => {
    await using server = composedServer({ config });
    const ada = await server.person('ada');
    const room = await server.group(ada);
    const session = await server.open(ada.token);
    const say = (text: string, more: object = { kind: 'send' }) =>
      session.say({ room, clientMessageId: server.nextId(), content: { type: 'text', text }, ...more });
    say('😀'.repeat(CHARS));
    const { seq } = await session.take('accepted');
    for (const more of [{ kind: 'send' }, { kind: 'edit', refersTo: seq }]) {
      say('😀'.repeat(CHARS + 1), more);
      expect(await session.take('refused')).toMatchObject({
        code: 'message-too-long',
        limit: { value: CHARS },
        given: CHARS + 1,
      });
    }
  });
});

const FAMILY = '👨‍👩‍👧‍👦';
/** Code points of many kinds, in turn, up to a number of them. */
const texts: readonly [string, string][] = [
  ['Hangul, composed and not', '안녕하세요 \u1112\u1161\u11ab'],
  ['emoji families', `${FAMILY}👩🏽‍🚀🏳️‍🌈`],
  ['right to left, with marks and digits', 'שָׁלוֹם \u202b123\u202c مَرْحَبًا \u200f!'],
];
const scratch = scratchFolder();

describe.each([
  ['memory', async () => createMemoryEngine()],
  ['SQLite', () => openForTest(scratch.next())],
] as const)('the longest text, over %s', (_, openEngine) => {
  test('[LIMIT2][LIMIT5] is stored and read back to the byte; of one more the room and the session know nothing', async () => {
    await using server = composedServer({ engine: await openEngine() });
    const [ada, ben] = [await server.person('ada'), await server.person('ben')];
    const room = await server.group(ada, ben);
    const [session, reader] = [await server.open(ada.token), await server.open(ben.token)];
    const say = (text: string) =>
      session.say({
        ...{ kind: 'send', room, clientMessageId: server.nextId() },
        content: { type: 'text', text },
      });
    for (const [name, pattern] of texts) {
      const text = codePoints(pattern, limits.MESSAGE_CHARS_MAX);
      say(text);
      const { seq } = await session.take('accepted');
      const [event] = (await reader.take('events')).events;
      const { long, text: preview } = textContent.parse(event?.content);
      expect([name, text.startsWith(preview), long?.codePoints]).toEqual([
        name,
        true,
        limits.MESSAGE_CHARS_MAX,
      ]);
      const body = await server.client.respond('getBody', { token: ben.token, params: { room, seq } });
      const bytes = new Uint8Array(await body.arrayBuffer());
      expect(new Bun.CryptoHasher('sha256').update(bytes).digest('hex')).toBe(long?.sha256 ?? '');
      expect(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).text === text).toBeTrue();

      say(`${text}.`);
      expect(await session.take('refused')).toMatchObject({
        code: 'message-too-long',
        limit: { name: 'MESSAGE_CHARS_MAX', value: limits.MESSAGE_CHARS_MAX },
        given: limits.MESSAGE_CHARS_MAX + 1,
      });
      say('and on it goes');
      expect((await session.take('accepted')).seq as number).toBe(seq + 1);
      await reader.take('events');
    }
  });
});

function codePoints(pattern: string, count: number): string {
  const points = [...pattern];
  const times = Math.ceil(count / points.length);
  return [...pattern.repeat(times)].slice(0, count).join('');
}
