import { expect, test } from 'bun:test';
import type { Member } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { sortedMembers } from './sorted-members.ts';

const id = (letter: string) => `user_${letter.repeat(26)}` as UserId;
const member = (letter: string, name: string, handle: string): [UserId, Member] => [
  id(letter),
  { user: id(letter), name, handle, status: undefined },
];
const room: Parameters<typeof sortedMembers>[0] = {
  roomKind: 'group',
  creator: id('a'),
  facts: { administrators: [id('c')] },
  memberCount: 4,
  members: new Map([
    member('a', 'Zoe', 'zoe'),
    member('b', '나래', 'narae'),
    member('c', 'Yan', 'yan'),
    member('d', 'Ada', 'ada.b'),
  ]),
  presence: { present: 1, live: true, users: [{ user: id('d'), state: 'active' }] },
};

test('who has a role comes first, then everybody by name', () => {
  const names = sortedMembers(room, '').map(({ name, role }) => [name, role]);
  expect(names.slice(0, 2)).toEqual([
    ['Zoe', 'owner'],
    ['Yan', 'administrator'],
  ]);
  expect(names.slice(2).map(([name]) => name)).toEqual(['Ada', '나래'].sort((a, b) => a.localeCompare(b)));
});

test('people are found by name in either case, by handle, and with the sign before it', () => {
  expect(sortedMembers(room, 'ZO').map(({ user }) => user)).toEqual([id('a')]);
  expect(sortedMembers(room, '나').map(({ user }) => user)).toEqual([id('b')]);
  expect(sortedMembers(room, '나래'.normalize('NFD')).map(({ user }) => user)).toEqual([id('b')]);
  expect(sortedMembers(room, ' @ada.b').map(({ user, presence }) => [user, presence])).toEqual([
    [id('d'), 'active'],
  ]);
  expect(sortedMembers(room, 'nobody')).toEqual([]);
});
