import { describe, expect, test } from 'bun:test';
import type { RoomSnapshot } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { Announcer } from '../lines/announcer.ts';
import { loudUnread, ringingUnread } from '../state/quiet.ts';
import { initialUi } from '../state/ui.ts';
import { directRoom, fakeWorld, groupRoom, jun, message, mina, NOW } from '../testing/fake-world.ts';
import type { Language } from '../texts/language.ts';
import { headerLine } from './header.ts';
import { sidebarRows } from './sidebar.ts';

const forEver = { until: 'ever', mentions: true } as const;
const ui = { ...initialUi(80, 24, true), room: directRoom().room };

function sidebar(...rooms: RoomSnapshot[]) {
  const rows = sidebarRows(ui, fakeWorld([directRoom(), ...rooms]), 24, 8);
  return rows.slice(3, 3 + rooms.length).map(({ line }) => line);
}

const textOf = (line: ReturnType<typeof sidebar>[number] | undefined) =>
  (line ?? []).map(({ text }) => text).join('');

describe('the list says how the user has a room', () => {
  test('pinned, muted, with a draft', () => {
    const [pinned, muted, drafted] = sidebar(
      groupRoom('one', { pinned: true }),
      groupRoom('two', { muted: forEver, unreadCount: 3 }),
      groupRoom('three', { draft: { text: 'x' } }),
    );
    expect(textOf(pinned)).toMatch(/^‣# one/);
    expect(textOf(muted)).toMatch(/^ # two .*⌀ 3 $/);
    expect(textOf(drafted)).toMatch(/✎ $/);
  });

  test('quietly, where it is muted or archived', () => {
    const styles = (room: RoomSnapshot) =>
      sidebar(room)[0]?.flatMap(({ text, style }) => (/team|3/.test(text) ? [style] : []));
    expect(styles(groupRoom('team', { unreadCount: 3 }))).toEqual(['strong', 'accent']);
    expect(styles(groupRoom('team', { unreadCount: 3, muted: forEver }))).toEqual(['plain', 'dim']);
    expect(styles(groupRoom('team', { unreadCount: 3, archived: true }))).toEqual(['dim', 'dim']);
  });

  test.each<[Language, string]>([
    ['en', 'pinned · muted'],
    ['ko', '고정됨 · 알림 꺼짐'],
  ])('and so does the title (%s)', (language, words) => {
    const room = directRoom({ pinned: true, muted: forEver });
    expect(textOf(headerLine(fakeWorld([room], room.room, language), 80))).toContain(words);
  });
});

/** A group with a newest message by Jun, that mentions these. */
function said(name: string, seq: number, mentions: readonly UserId[], more: Partial<RoomSnapshot> = {}) {
  const latest = { seq, at: NOW, kind: 'message', sender: jun.user, counts: true, ordinal: seq };
  const content = { type: 'text', text: `said ${seq}` };
  return {
    ...groupRoom(name),
    latest: { ...latest, mentions, content },
    unreadCount: 1,
    ...more,
  } as RoomSnapshot;
}

test('what is muted rings no bell, unless it mentions the user', () => {
  const muted = { muted: forEver };
  const world = fakeWorld([said('a', 1, []), said('b', 1, [], muted), said('c', 1, [mina.user], muted)]);
  expect(loudUnread(world)).toBe(2);
  const nothing = { muted: { until: 'ever', mentions: false } } as const;
  expect(loudUnread(fakeWorld([said('a', 1, [mina.user], nothing)]))).toBe(0);
});

test('[TEXT5] who names everybody names the user, in a muted room, too', () => {
  const everybody = (muted: RoomSnapshot['muted']) => {
    const room = said('team', 1, [], { muted });
    return { ...room, latest: room.latest && { ...room.latest, mentionsAll: true as const } };
  };
  expect(loudUnread(fakeWorld([everybody(forEver)]))).toBe(1);
  expect(loudUnread(fakeWorld([everybody({ until: 'ever', mentions: false })]))).toBe(0);
  const own = everybody(forEver);
  const byMina = { ...own, latest: own.latest && { ...own.latest, sender: mina.user } };
  expect(loudUnread(fakeWorld([byMina]))).toBe(0);
});

test('[REL4][REL14] nor do strangers, and where somebody wrote last whom the user blocks, is counted and not rung for', () => {
  const world = { ...fakeWorld([said('a', 1, [mina.user]), said('b', 1, [])]), requests: 1 };
  expect(loudUnread(world)).toBe(1);
  expect(ringingUnread(world)).toBe(1);
  expect(ringingUnread({ ...world, isBlocked: (user) => user === jun.user })).toBe(0);
});

test('requests have their section among all rooms, and none in a folder', () => {
  const [one, two] = [groupRoom('one'), directRoom()];
  const folders = [{ name: 'work', rooms: [one.room, two.room] }];
  const world = { ...fakeWorld([one, two]), requests: 1, folders };
  const rows = (folder?: string) =>
    sidebarRows({ ...ui, ...(folder !== undefined && { folder }) }, world, 24, 6).map(({ line }) =>
      textOf(line).trim(),
    );
  expect(
    rows()
      .slice(2, 5)
      .map((row) => row.slice(0, 5)),
  ).toEqual(['# one', '─────', '· 준']);
  expect(
    rows('work')
      .slice(0, 4)
      .map((row) => row.slice(0, 5)),
  ).toEqual(['work ', '─────', '# one', '· 준']);
});

test('lines read nothing aloud that somebody wrote whom the user blocks, nor what they made of it', () => {
  const folded = { folded: true } as const;
  const room = (edited: boolean) =>
    groupRoom('team', { messages: [message(1, jun.user, 'rude', { ...folded, edited })] });
  const first = room(false);
  const there = { ...ui, room: first.room };
  const announcer = new Announcer();
  expect(announcer.news(there, fakeWorld([first])).join()).toContain('of somebody you block');
  expect(announcer.news(there, fakeWorld([{ ...room(true), room: first.room }])).join()).toBe('');
});

test('lines tell of a muted room when it is opened, and of its messages only where they mention the user', () => {
  const room = said('team', 1, [], { muted: forEver });
  const announcer = new Announcer();
  const news = (next: RoomSnapshot) => announcer.news(ui, fakeWorld([directRoom(), next]));
  expect(news(room)).toContain('Room: team. 1 unread. muted.');
  expect(news({ ...said('team', 2, []), room: room.room, muted: forEver })).toEqual([]);
  expect(news({ ...said('team', 3, [mina.user]), room: room.room, muted: forEver })).toEqual([
    'In team: 준: said 3',
  ]);
  const opened = directRoom({ draft: { text: '쓰다 만\n글' }, archived: true });
  expect(new Announcer().news(ui, fakeWorld([opened]))).toEqual([
    'Connection: online.',
    'Room: 준. archived.',
    'Not sent yet: 쓰다 만 글',
  ]);
});
