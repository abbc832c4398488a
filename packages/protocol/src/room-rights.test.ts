import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import { idFromBytes } from './id-codec.ts';
import type { UserId } from './ids.ts';
import { MENTION_ALL_MEMBERS_MAX } from './limits.ts';
import type { RoomFacts } from './room-facts.ts';
import {
  heirOf,
  mayDo,
  mayRemove,
  ownerOf,
  type Power,
  powersOf,
  type RoomOfRoles,
  roleOf,
} from './room-rights.ts';

function user(number: number): UserId {
  const bytes = new Uint8Array(16);
  bytes[15] = number;
  return idFromBytes('user', bytes);
}

const members = (...of: [number, number][]) =>
  new Map(of.map(([number, joined]) => [user(number), { joined }]));
const group = (facts: RoomFacts = {}, people = members([1, 1], [2, 1], [3, 5], [4, 6])) => ({
  roomKind: 'group' as const,
  facts,
  creator: user(1),
  members: people,
});

describe('[GROUP1] whose a group is', () => {
  test('who the facts name, else who made it, while they are in it', () => {
    expect(ownerOf(group())).toBe(user(1));
    expect(ownerOf(group({ owner: user(3) }))).toBe(user(3));
    expect(ownerOf({ ...group(), members: undefined })).toBe(user(1));
  });

  test('where its maker went before there were roles, the longest-standing member', () => {
    expect(ownerOf(group({}, members([3, 5], [2, 4], [4, 6])))).toBe(user(2));
    expect(ownerOf(group({}, members([4, 6], [2, 4], [3, 5])))).toBe(user(2));
    expect(ownerOf(group({}, members([4, 1], [2, 1], [3, 1])))).toBe(user(2));
    expect(ownerOf(group({}, members([2, 1], [3, 1], [4, 1])))).toBe(user(2));
    expect(ownerOf(group({}, members()))).toBeUndefined();
  });

  test('its heir is the longest-standing administrator, else member', () => {
    expect(heirOf(group())).toBe(user(2));
    expect(heirOf(group({ administrators: [user(4), user(3)] }))).toBe(user(3));
    expect(heirOf(group({ owner: user(3), administrators: [user(3)] }))).toBe(user(1));
    expect(heirOf(group({}, members([1, 1])))).toBeUndefined();
  });
});

describe('[GROUP3] what a member may do', () => {
  const standing = (facts: RoomFacts, power: Power) =>
    [1, 2, 3].map((n) => mayDo(group(facts), user(n), power));
  const administrators = [user(2)];

  test('goes by roles where nothing is set', () => {
    expect(standing({ administrators }, 'send')).toEqual([true, true, true]);
    expect(standing({ administrators }, 'add')).toEqual([true, true, true]);
    for (const power of ['rename', 'describe', 'history', 'remove', 'set-slow-mode'] as const)
      expect(standing({ administrators }, power)).toEqual([true, true, false]);
    for (const power of ['set-rights', 'set-role'] as const)
      expect(standing({ administrators }, power)).toEqual([true, false, false]);
  });

  test('and by what is set', () => {
    expect(standing({ administrators, rights: { send: 'administrators' } }, 'send')).toEqual([
      true,
      true,
      false,
    ]);
    expect(standing({ administrators, rights: { add: 'owner' } }, 'add')).toEqual([true, false, false]);
    expect(standing({ administrators, rights: { rename: 'everyone' } }, 'rename')).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('in a direct room is to write, to name and to pin, and to set the timer, and for nobody nothing', () => {
    const direct = { ...group({ owner: user(1) }), roomKind: 'direct' as const };
    const may = Object.entries(powersOf(direct, user(1))).filter(([, can]) => can);
    expect(may.map(([power]) => power).sort()).toEqual(['mention-all', 'pin', 'send', 'set-timer']);
    expect(roleOf(direct, user(1))).toBe('member');
    expect(Object.values(powersOf(group(), undefined))).not.toContain(true);
  });

  test('[TEXT2] everybody calls everybody in a small group, and its owner and administrators in a big one', () => {
    const may = (memberCount: number, more: Partial<RoomOfRoles> = {}) =>
      [1, 2, 3].map((n) =>
        mayDo({ ...group({ administrators }), memberCount, ...more }, user(n), 'mention-all'),
      );
    expect(may(MENTION_ALL_MEMBERS_MAX)).toEqual([true, true, true]);
    expect(may(MENTION_ALL_MEMBERS_MAX + 1)).toEqual([true, true, false]);
    expect(may(2, { roomKind: 'direct' })).toEqual([true, true, true]);
    // What the group has set holds, however big it is.
    const set = (level: 'everyone' | 'administrators' | 'owner', memberCount: number) =>
      may(memberCount, { facts: { administrators, rights: { 'mention-all': level } } });
    for (const size of [3, MENTION_ALL_MEMBERS_MAX + 1]) {
      expect(set('everyone', size)).toEqual([true, true, true]);
      expect(set('administrators', size)).toEqual([true, true, false]);
      expect(set('owner', size)).toEqual([true, false, false]);
    }
  });

  test('the owner removes anyone else, an administrator only who has no role', () => {
    const room = group({ administrators: [user(2), user(3)] });
    const removes = (by: number) => [1, 2, 3, 4].filter((whom) => mayRemove(room, user(by), user(whom)));
    expect(removes(1)).toEqual([2, 3, 4]);
    expect(removes(2)).toEqual([4]);
    expect(removes(4)).toEqual([]);
  });

  test('an administrator may do whatever a member may, and the owner whatever an administrator may', () => {
    const level = fc.constantFrom('everyone' as const, 'administrators' as const, 'owner' as const);
    const rights = fc.record({ send: level, add: level, rename: level, pin: level }, { requiredKeys: [] });
    void fc.assert(
      fc.property(rights, (set) => {
        const room = group({ administrators, rights: set });
        const [owner, administrator, member] = [1, 2, 3].map((n) => powersOf(room, user(n)));
        for (const power of Object.keys(owner ?? {}) as Power[]) {
          if (member?.[power]) expect(administrator?.[power]).toBe(true);
          if (administrator?.[power]) expect(owner?.[power]).toBe(true);
        }
      }),
    );
  });
});
