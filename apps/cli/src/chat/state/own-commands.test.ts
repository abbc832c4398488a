import { describe, expect, test } from 'bun:test';
import type { RoomSnapshot } from '@maru/client';
import type { Seq } from '@maru/protocol';
import { directRoom, fakeWorld, groupRoom, jun, message, mina, NOW } from '../testing/fake-world.ts';
import { screenOf } from '../view/screen.ts';
import { completionOf } from './completion.ts';
import type { Effect } from './effect.ts';
import { listedRooms } from './listed.ts';
import { initialUi, type Ui } from './ui.ts';
import { update } from './update.ts';
import type { World } from './world.ts';

const direct = directRoom({ messages: [message(1, jun.user, 'theirs'), message(2, mina.user, 'mine')] });
const { room } = direct;

function written(text: string, world: World, more: Partial<Ui> = {}) {
  const ui: Ui = { ...initialUi(80, 24, true), room: world.room?.room, listOnly: false, ...more };
  const composer = { text, cursor: text.length, cut: '' };
  return update({ ...ui, composer }, { kind: 'key', chord: 'enter' }, world);
}

function effectsOf(
  text: string,
  more: Partial<RoomSnapshot> = {},
  world: Partial<World> = {},
): readonly Effect[] {
  return written(text, { ...fakeWorld([{ ...direct, ...more }]), ...world }).effects;
}

const hour = 3_600_000;

describe('/mute', () => {
  test.each([
    ['/mute', { kind: 'mute', room, mentions: true }],
    ['/mute ever', { kind: 'mute', room, mentions: true }],
    ['/mute 8h', { kind: 'mute', room, until: NOW + 8 * hour, mentions: true }],
    ['/mute 30m all', { kind: 'mute', room, until: NOW + hour / 2, mentions: false }],
    ['/음소거 1시간', { kind: 'mute', room, until: NOW + hour, mentions: true }],
    ['/음소거 7일 모두', { kind: 'mute', room, until: NOW + 7 * 24 * hour, mentions: false }],
    ['/mute off', { kind: 'unmute', room }],
  ])('%s', (text, effect) => expect(effectsOf(text)).toEqual([effect as Effect]));

  test.each(['/mute 0h', '/mute 8', '/mute soon', '/mute 8h 9h', '/mute 99999d'])('not %s', (text) => {
    const { ui, effects } = written(text, fakeWorld([direct]));
    expect(effects).toEqual([]);
    expect(ui.notice?.tone).toBe('warning');
    expect(ui.composer.text).toBe(text);
  });

  test('says until when', () => {
    const { ui } = written('/mute 1h', fakeWorld([direct]));
    expect(ui.notice).toEqual({ tone: 'good', text: 'Muted until 10:14, on all your devices.' });
  });
});

test('/archive and /pin-room do it, and undo it', () => {
  expect(effectsOf('/archive')).toEqual([{ kind: 'archive', room, on: true }]);
  expect(effectsOf('/archive', { archived: true })).toEqual([{ kind: 'archive', room, on: false }]);
  expect(effectsOf('/pin-room')).toEqual([{ kind: 'pin', room, on: true }]);
  expect(effectsOf('/방고정', { pinned: true })).toEqual([{ kind: 'pin', room, on: false }]);
});

describe('/hide', () => {
  test('asks, and deletes the last message or the chosen one, whoever wrote it', () => {
    const world = fakeWorld([direct]);
    const asked = written('/hide', world);
    expect(asked.effects).toEqual([]);
    expect(asked.ui.confirm?.question).toBe('Delete “mine” for you alone, for good?');
    const done = update(asked.ui, { kind: 'key', chord: 'enter' }, world);
    expect(done.effects).toEqual([{ kind: 'hide', room, seq: 2 } as Effect]);
    const chosen = written('/hide', world, { selected: 'm1' }).ui.confirm?.effect;
    expect(chosen).toEqual({ kind: 'hide', room, seq: 1 } as Effect);
  });

  test('has nothing to do in an empty room', () => {
    expect(written('/hide', fakeWorld([directRoom()])).ui.notice?.text).toContain('no message');
  });
});

describe('quick replies', () => {
  const quickReplies = [
    { shortcut: 'ok', text: '좋아요' },
    { shortcut: '주소', text: '서울시\n종로구' },
  ];
  const world = { ...fakeWorld([direct]), quickReplies };

  test('are sent, and leave the draft alone', () => {
    expect(written('/q 주소', world).effects).toEqual([
      { kind: 'send', room, text: '서울시\n종로구', keepsDraft: true },
    ]);
    expect(written('/q nothing', world)).toMatchObject({ effects: [], ui: { notice: { tone: 'warning' } } });
    const left = { ...world, room: { ...direct, membership: 'left' as const } };
    expect(written('/q ok', left)).toMatchObject({ effects: [], ui: { notice: { tone: 'warning' } } });
  });

  test('are kept and dropped', () => {
    expect(written('/q-add 집 서울시\n중구', world).effects).toEqual([
      { kind: 'keep-reply', shortcut: '집', text: '서울시\n중구' },
    ]);
    expect(written('/q-add alone', world)).toMatchObject({
      effects: [],
      ui: { notice: { tone: 'warning' } },
    });
    expect(written('/q-remove ok', world).effects).toEqual([{ kind: 'drop-reply', shortcut: 'ok' }]);
    expect(written('/q-remove no', world).effects).toEqual([]);
  });

  test('are listed, also without a room', () => {
    const { panel } = written('/q', { ...world, room: undefined }).ui;
    expect(panel?.text).toBe('ok  좋아요\n주소  서울시\n    종로구');
    expect(written('/q', fakeWorld([direct])).ui.notice?.text).toContain('/q-add');
  });

  test('are offered as they are written', () => {
    const offered = (text: string) =>
      completionOf({ text, cursor: text.length, cut: '' }, world)?.items.map(({ insert }) => insert);
    expect(offered('/q ')).toEqual(['ok', '주소']);
    expect(offered('/빠른답장 주')).toEqual(['주소']);
    expect(offered('/q-remove O')).toEqual(['ok']);
    expect(offered('/q x')).toBeUndefined();
    const ui: Ui = { ...initialUi(80, 24, true), room, listOnly: false };
    const typed = update(ui, { kind: 'text', text: '/q o' }, world);
    expect(update(typed.ui, { kind: 'key', chord: 'enter' }, world).effects).toEqual([
      { kind: 'send', room, text: '좋아요', keepsDraft: true },
    ]);
  });
});

describe('stars', () => {
  test('are put on the last message or the chosen one, and taken off', () => {
    expect(effectsOf('/star')).toEqual([{ kind: 'star', room, seq: 2 as Seq, on: true }]);
    expect(effectsOf('/별표', { stars: [2 as Seq] })).toEqual([
      { kind: 'star', room, seq: 2 as Seq, on: false },
    ]);
    expect(written('/star', fakeWorld([direct]), { selected: 'm1' }).effects).toEqual([
      { kind: 'star', room, seq: 1 as Seq, on: true },
    ]);
  });

  test('are listed, and seen beside their messages', () => {
    const starred = { ...direct, stars: [1, 9] as Seq[] };
    expect(written('/stars', fakeWorld([starred])).ui.panel?.text).toBe(
      '1  준, Today 09:14: theirs\n2  further up than what is loaded',
    );
    expect(written('/stars', fakeWorld([direct])).ui.notice?.text).toContain('Nothing');
    const ui: Ui = { ...initialUi(80, 24, true), room, listOnly: false };
    const shown = (world: World) =>
      screenOf(ui, world).rows.map((line) => line.map(({ text }) => text).join(''));
    expect(shown(fakeWorld([starred])).join('\n')).toMatch(/\* ?theirs/);
    expect(shown(fakeWorld([direct])).join('\n')).not.toMatch(/\* ?theirs/);
  });

  test('are gone to by their numbers, also further up than what is loaded', () => {
    const world = fakeWorld([{ ...direct, stars: [1, 9] as Seq[] }]);
    expect(written('/stars 1', world).ui.selected).toBe('m1');
    expect(written('/별표목록 2', world).effects).toEqual([
      { kind: 'jump', room, seq: 9 as Seq, choose: true },
    ]);
    expect(written('/stars 3', world).ui.notice?.text).toBe('The starred messages are numbered from 1 to 2.');
    expect(written('/stars one', world).ui.notice?.text).toBe('Write it like this: /stars [NUMBER]');
  });

  test('are listed without what is folded away or gone', () => {
    const messages = [
      message(1, jun.user, 'rude', { folded: true }),
      message(2, jun.user, '', { deleted: true, content: undefined }),
      message(3, jun.user, '', { expired: true, content: undefined }),
    ];
    const { ui } = written('/stars', fakeWorld([directRoom({ messages, stars: [1, 2, 3] as Seq[] })]));
    expect(ui.panel?.text.split('\n').map((line) => line.replace(/^.*09:14: /, ''))).toEqual([
      '(of somebody you block)',
      'deleted',
      'expired',
    ]);
  });
});

describe('folders', () => {
  const group = groupRoom('team');
  const folders = [{ name: '가족', rooms: [group.room] }];
  const world = { ...fakeWorld([direct, group]), folders };

  test('take a room in, and let it go', () => {
    expect(written('/folder  work ', world).effects).toEqual([
      { kind: 'folder', room, name: 'work', on: true },
    ]);
    const inside = { ...world, folders: [{ name: 'work', rooms: [room] }] };
    expect(written('/폴더 work', inside).effects).toEqual([
      { kind: 'folder', room, name: 'work', on: false },
    ]);
  });

  test('are listed with what is in them', () => {
    const both = { ...world, folders: [...folders, { name: 'work', rooms: [group.room, room] }] };
    expect(written('/folder', both).ui.panel?.text).toBe('가족: team\nwork: team, 준');
    const none = { ...world, folders: [] };
    expect(written('/폴더', none)).toMatchObject({ effects: [], ui: { notice: { tone: 'warning' } } });
  });

  test('are dropped whole after a question, but for one that is called so', () => {
    const asked = written('/folder 가족 off', world);
    expect([asked.effects, asked.ui.confirm?.question]).toEqual([
      [],
      'Drop the folder “가족”? Its rooms stay.',
    ]);
    expect(update(asked.ui, { kind: 'key', chord: 'enter' }, world).effects).toEqual([
      { kind: 'drop-folder', name: '가족' },
    ]);
    expect(written('/폴더 없음 끔', world).ui.notice?.text).toContain('no folder');
    const called = { ...world, folders: [{ name: 'day off', rooms: [group.room] }] };
    expect(written('/folder day off', called).effects).toEqual([
      { kind: 'folder', room, name: 'day off', on: true },
    ]);
  });

  test('choose what is listed, until they are gone', () => {
    const { ui } = written('/list 가족', world);
    const listed = (given: World) => listedRooms(ui, given).map((each) => each.room);
    expect(listed(world)).toEqual([group.room]);
    expect(update(ui, { kind: 'key', chord: 'alt+1' }, world).ui.room).toBe(group.room);
    expect(listed({ ...world, folders: [] })).toEqual([room, group.room]);
    expect(written('/list', world, { folder: '가족' }).ui.folder).toBeUndefined();
    expect(written('/list none', world).ui.notice?.text).toContain('no folder');
    const offered = completionOf({ text: '/list 가', cursor: 7, cut: '' }, world);
    expect(offered?.items).toEqual([{ insert: '가족', label: '가족', detail: '1' }]);
  });
});

test('Enter does what is written whole, and otherwise takes what begins so', () => {
  const [direct, group, other] = [directRoom(), groupRoom('team'), groupRoom('team two')];
  const folders = [
    { name: 'Work too', rooms: [direct.room] },
    { name: 'Work', rooms: [group.room] },
  ];
  const quickReplies = ['hello', 'hell'].map((shortcut) => ({ shortcut, text: shortcut }));
  const world = { ...fakeWorld([direct, other, group], direct.room), folders, quickReplies };
  const typed = (text: string) => {
    const ui: Ui = { ...initialUi(80, 24, true), room: direct.room, listOnly: false };
    const put = update(ui, { kind: 'text', text }, world).ui;
    expect(put.completion).toBeDefined();
    return update(put, { kind: 'key', chord: 'enter' }, world);
  };
  expect(typed('/list Work').ui).toMatchObject({ folder: 'Work', composer: { text: '' } });
  expect(typed('/list w').ui.folder).toBe('Work too');
  expect(typed('/folder Wo').effects).toEqual([{ kind: 'folder', room: direct.room, name: 'Wo', on: true }]);
  expect(typed('/folder Work').effects).toEqual([
    { kind: 'folder', room: direct.room, name: 'Work', on: true },
  ]);
  expect(typed('/go team').ui.room).toBe(group.room);
  expect(JSON.stringify(typed('/q hell').effects)).not.toContain('hello');
});

test('the next unread room is one that is not muted, as long as there is one', () => {
  const muted = groupRoom('muted', { unreadCount: 3, muted: { until: 'ever', mentions: true } });
  const loud = groupRoom('loud', { unreadCount: 1 });
  const next = (...rooms: RoomSnapshot[]) => {
    const world = fakeWorld(rooms, direct.room);
    const ui: Ui = { ...initialUi(80, 24, true), room: direct.room, listOnly: false };
    return update(ui, { kind: 'key', chord: 'alt+u' }, world).ui.room;
  };
  expect(next(direct, muted, loud)).toBe(loud.room);
  expect(next(direct, muted)).toBe(muted.room);
});
