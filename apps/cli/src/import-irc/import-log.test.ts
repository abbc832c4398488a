import { describe, expect, test } from 'bun:test';
import { limits, newUserId, type RoomId, type UserId } from '@maru/protocol';
import { createMemoryEngine, type MemoryEngine, StorageUnavailable, workOffline } from '@maru/server';
import { ImportRefused, importLog, LOG_KEEPER } from './import-log.ts';
import { handleOfNick, nameOfNick } from './nick-names.ts';
import { formatSaid } from './parse-line.ts';
import { type ImportedLog, parseLog } from './parse-log.ts';

const LINES = [
  '=== ann has joined #maru',
  '[09:14] <ann> 안녕!',
  '[09:14] <ben> hello  there ',
  '[09:15]  * ann waves',
  '[09:15] <ben>',
  '[09:15] <ben > set apart by a space',
  'nobody says this',
  '[09:16] <c\u202ed> a nickname that no name may be',
  `[09:17] <ann> ${'long '.repeat(2_000)}`,
];
const LOG = parseLog('2004-11-15_03.raw.txt', LINES);

async function imported(engine: MemoryEngine, log: ImportedLog, readers: readonly UserId[] = []) {
  await using offline = workOffline(engine);
  return await importLog(log, { engine, rooms: offline.rooms, now: () => 1_800_000_000_000, readers });
}

/** The log as it can be made again from what is stored. */
async function linesOf(engine: MemoryEngine, room: RoomId): Promise<string[]> {
  const events = await engine.rooms.events(room, 1, Number.MAX_SAFE_INTEGER);
  const lines: string[] = [];
  for (const { kind, sender, seq, sentAt = 0, content } of events) {
    if (kind !== 'message') continue;
    const said = JSON.parse((await engine.rooms.body(room, seq)) ?? content ?? '{}');
    const name = (await engine.directory.user(sender))?.name ?? '';
    const minute = (sentAt / 60_000) % 1_440;
    lines.push(said.type === 'log-line' ? said.line : formatSaid(minute, name, said.text));
  }
  return lines;
}

async function account(engine: MemoryEngine, handle: string, passwordHash?: string): Promise<UserId> {
  const user = newUserId();
  const secrets = { passwordHash, recoveryHashes: [], administrator: false, inviteHash: undefined };
  await engine.directory.createUser({ user, handle, name: handle, ...secrets, at: 1 });
  return user;
}

describe('an imported log', () => {
  test('is a group of its people, with every line to the byte', async () => {
    const engine = createMemoryEngine();
    const { room, ...result } = await imported(engine, LOG);
    expect(result).toEqual({ lines: LINES.length, added: LINES.length, members: 4 });
    expect(await linesOf(engine, room)).toEqual(LINES);
    const members = await engine.inboxes.members(room);
    const people = await engine.directory.users(members.map(({ user }) => user));
    const names = new Set(people.map(({ name }) => name));
    expect(names).toEqual(new Set(['ann', 'ben', nameOfNick('c\u202ed'), LOG_KEEPER]));
    expect(people.every(({ passwordHash }) => passwordHash === undefined)).toBe(true);
    expect((await engine.rooms.state(room))?.name).toBe('2004-11-15_03');
  });

  test('keeps the time that a line was said at', async () => {
    const engine = createMemoryEngine();
    const { room } = await imported(engine, LOG);
    const events = await engine.rooms.events(room, 3, 3);
    expect(events[0]?.sentAt).toBe(Date.parse('2004-11-15T09:14Z'));
    expect(events[0]?.at).toBe(1_800_000_000_000);
  });

  test('[ONCE1] imported again changes nothing', async () => {
    const engine = createMemoryEngine();
    const { room } = await imported(engine, LOG);
    const { head } = engine.log;
    expect(await imported(engine, LOG)).toMatchObject({ room, added: 0 });
    expect(engine.log.head).toBe(head);
  });

  test('that has grown is continued, with who is new in it', async () => {
    const engine = createMemoryEngine();
    const { room } = await imported(engine, LOG);
    const more = ['[09:18] <dan> hi', '[09:19] <ann> hi dan'];
    const grown = parseLog('2004-11-15_03.raw.txt', [...LINES, ...more]);
    expect(await imported(engine, grown)).toMatchObject({ room, added: 2, members: 5 });
    expect(await linesOf(engine, room)).toEqual([...LINES, ...more]);
  });

  test('shares its people with others, and its group with none', async () => {
    const engine = createMemoryEngine();
    const { room } = await imported(engine, LOG);
    const other = await imported(engine, parseLog('2004-11-15_03.raw.txt', ['[09:14] <ann> another']));
    expect(other.room).not.toBe(room);
    const ann = await engine.directory.userByHandle(handleOfNick('ann'));
    for (const { room: id } of [other, { room }]) {
      expect((await engine.rooms.state(id))?.members.has(ann?.user as UserId)).toBe(true);
    }
  });

  test('may have more members than a group, and more than one command names', async () => {
    const engine = createMemoryEngine();
    const count = limits.USERS_PER_COMMAND_MAX + 1;
    const lines = Array.from({ length: count }, (_, i) => `[00:00] <nick${i}> hi`);
    const { room, members } = await imported(engine, parseLog('1999-12-31.txt', lines));
    expect(members).toBe(count + 1);
    expect(await linesOf(engine, room)).toEqual(lines);
  });

  test('without a line is an empty group', async () => {
    const engine = createMemoryEngine();
    expect(await imported(engine, parseLog('empty.txt', []))).toMatchObject({ lines: 0, members: 1 });
  });
});

describe('who reads an imported log', () => {
  test('[UNREAD3] comes in behind it: it is all visible, and none of it unread', async () => {
    const engine = createMemoryEngine();
    const reader = await account(engine, 'mina', 'hash');
    const { room } = await imported(engine, LOG, [reader]);
    const [interval] = await engine.rooms.intervals(room, reader);
    expect(interval).toMatchObject({ visibleFrom: 1, joined: LINES.length + 2 });
    const [place] = await engine.inboxes.roomsOf(reader);
    const [head] = await engine.inboxes.heads([room]);
    expect(place?.marks.readOrdinal).toBe(head?.ordinal as number);
  });

  test('[PRIV1] is not who signed up under the handle of an imported person', async () => {
    const engine = createMemoryEngine();
    const squatter = await account(engine, handleOfNick('ann'), 'hash');
    const { room } = await imported(engine, LOG);
    expect(await engine.rooms.intervals(room, squatter)).toEqual([]);
    expect(await linesOf(engine, room)).toEqual(LINES);
  });
});

test('an import that is cut off at any commit is taken up by importing again', async () => {
  const lines = Array.from(
    { length: 300 },
    (_, i) => `[10:${String(i % 60).padStart(2, '0')}] <n${i % 7}> ${i}`,
  );
  const log = parseLog('2004-11-15.txt', lines);
  for (let commits = 1; commits < 6; commits++) {
    let left = commits;
    const engine = createMemoryEngine({
      sync: async (write) => {
        if (write === 'append' && left-- === 0) throw new StorageUnavailable('the disk is full');
      },
    });
    expect(await imported(engine, log).catch((error: unknown) => error)).toBeInstanceOf(ImportRefused);
    const { room } = await imported(engine, log);
    expect(await linesOf(engine, room)).toEqual(lines);
  }
});
