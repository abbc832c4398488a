import { describe, expect, test } from 'bun:test';
import type { RoomSnapshot } from '@maru/client';
import { fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';
import type { Language } from '../texts/language.ts';
import { eventText } from '../view/event-text.ts';
import { screenOf } from '../view/screen.ts';
import { nameOf, roomTitle } from './world.ts';

const team = groupRoom('team');

function rowsOf(sitting: Sitting): string[] {
  const { rows } = screenOf(sitting.ui, sitting.world);
  return rows.map((row) => row.map(({ text }) => text).join(''));
}

describe('a group that the user was removed from', () => {
  const change = { type: 'removed' as const, user: mina.user };
  const went = message(2, jun.user, '', { kind: 'removed', content: undefined, change });
  const gone: Partial<RoomSnapshot> = { membership: 'removed', memberCount: 0, messages: [went] };

  test('[GROUP6] says who did it, and that nothing can be written there', () => {
    const sitting = new Sitting(fakeWorld([{ ...team, ...gone }]));
    const shown = rowsOf(sitting).join('\n');
    expect(shown).toContain('준 removed you');
    expect(shown).toContain("> You can't write: you were removed.");
    expect(shown).toContain('# team  you are out');
    expect(shown).toContain('You are no longer a member · /forget drops what is kept');
    sitting.writes('hello?').does('enter');
    expect(sitting.effects).toEqual([]);
    expect(sitting.ui.notice?.text).toBe("You can't write: you were removed.");
  });

  test.each<[Language, string, string]>([
    ['en', '준 removed you', 'You left'],
    ['ko', '준님이 나를 내보냈습니다', '대화방에서 나왔습니다'],
  ])('names the user as you (%s)', (language, removed, left) => {
    const world = fakeWorld([team], team.room, language);
    expect(eventText(went, world)).toBe(removed);
    const leaving = message(2, mina.user, '', { kind: 'left', change: { type: 'left' } });
    expect(eventText(leaving, world)).toBe(left);
  });

  test('that never had a name here is no person', () => {
    const world = fakeWorld([]);
    expect(roomTitle(world, { ...team, name: undefined })).toBe('a group without a name');
    expect(nameOf(world, mina.user)).toBe('Mina');
  });
});

test('[GROUP6] /go finds a group that was left, and a message is sent on to none', () => {
  const left = groupRoom('reunion', { membership: 'left' });
  const there = { ...fakeWorld([{ ...team, messages: [message(1, jun.user, 'one')] }]), former: [left] };
  expect(new Sitting(there).writes('/go reunion').does('escape', 'enter').effects).toMatchObject([
    { kind: 'open', room: left.room },
  ]);
  const sent = new Sitting(there).writes('/forward reunion').does('escape', 'enter');
  expect(sent.ui.notice?.text).toBe(there.texts.noRoomLike('reunion'));
});

test('who looked gone, as who blocks does, is here again, and added nobody', () => {
  const change = { type: 'joined' as const, users: [jun.user] };
  const world = fakeWorld([team]);
  expect(eventText(message(1, jun.user, '', { kind: 'joined', change }), world)).toBe('준 is here again');
  const added = { ...change, users: [mina.user] };
  expect(eventText(message(1, jun.user, '', { kind: 'joined', change: added }), world)).toBe('준 added Mina');
});

test('of a channel nothing is said as of a group', () => {
  const channel = { ...team, roomKind: 'channel' as const };
  const said = (room: RoomSnapshot, language: Language) =>
    eventText(
      message(1, jun.user, '', {
        kind: 'link-revoked',
        change: { type: 'link-revoked', link: 'link_x' as never },
      }),
      fakeWorld([room], room.room, language),
    );
  expect(said(channel, 'en')).toBe('준 revoked a link into this channel');
  expect(said(channel, 'ko')).toBe('준님이 채널 링크를 없앴습니다');
  expect(said(team, 'en')).toBe('준 revoked a link into this group');
  const closed = { ...channel, can: { ...channel.can, add: false } };
  const refused = new Sitting(fakeWorld([closed])).writes('/link').does('escape', 'enter');
  expect(refused.ui.notice?.text).toBe('You may not do that in this channel.');
});

test('there are never more people in a group than its members, and a channel has at least those who are there', () => {
  const there = (room: RoomSnapshot, present: number) => {
    const seen = { ...room, presence: { present, users: [], live: true } };
    return rowsOf(new Sitting(fakeWorld([seen])))[0];
  };
  expect(there(team, 3)).toContain('2 members, 2 here');
  expect(there({ ...team, roomKind: 'channel' }, 3)).toContain('3 members, 3 here');
});

test('a notice goes with the next key, Ctrl+C and the wheel, too', () => {
  const warned = () => new Sitting(fakeWorld([team])).writes('/go nowhere').does('escape', 'enter');
  expect(warned().ui.notice?.text).toBe(warned().world.texts.noRoomLike('nowhere'));
  const cleared = warned().does('ctrl+c');
  expect([cleared.ui.composer.text, cleared.ui.notice]).toEqual(['', undefined]);
  expect(warned().does({ kind: 'wheel', up: true, row: 1, column: 1 }).ui.notice).toBeUndefined();
  expect(warned().does({ kind: 'click', target: { kind: 'end' } }).ui.notice).toBeUndefined();
});
