import { describe, expect, test } from 'bun:test';
import type { RoomId } from '@maru/protocol';
import { directRoom, fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
import type { Effect } from './effect.ts';
import { initialUi, type Ui } from './ui.ts';
import { type UiEvent, update } from './update.ts';
import type { World } from './world.ts';

/** Somebody at the screen: keeps the state, and what was to be done. */
class Sitting {
  ui: Ui;
  world: World;
  effects: Effect[] = [];

  constructor(world: World, room: RoomId | undefined = world.room?.room) {
    this.world = world;
    this.ui = { ...initialUi(80, 24, true), room, listOnly: false };
  }

  does(...events: readonly (UiEvent | string)[]): this {
    for (const event of events) {
      const given: UiEvent = typeof event === 'string' ? { kind: 'key', chord: event } : event;
      const { ui, effects } = update(this.ui, given, this.world);
      this.ui = ui;
      this.effects.push(...effects.filter(({ kind }) => kind !== 'typing'));
    }
    return this;
  }

  writes(text: string): this {
    return this.does({ kind: 'text', text });
  }
}

const own = message(2, mina.user, 'mine');
const theirs = message(1, jun.user, 'theirs');
const direct = directRoom({ messages: [theirs, own] });
const { room } = direct;
const group = groupRoom('team');
const inDirect = () => new Sitting(fakeWorld([direct, group]));
const inGroup = () => new Sitting(fakeWorld([direct, group], group.room));

describe('writing', () => {
  test('Enter sends, and Alt+Enter, Ctrl+J and Shift+Enter are new lines', () => {
    const sitting = inDirect().writes('하나').does('alt+enter').writes('둘').does('ctrl+j').writes('셋');
    sitting.does('shift+enter').writes('넷').does('enter');
    expect(sitting.effects).toEqual([{ kind: 'send', room, text: '하나\n둘\n셋\n넷' }]);
    expect(sitting.ui.composer.text).toBe('');
  });

  test('line ends in a paste send nothing', () => {
    const sitting = inDirect().does({ kind: 'paste', text: 'one\ntwo\n' });
    expect(sitting.effects).toEqual([]);
    expect(sitting.ui.composer.text).toBe('one\ntwo\n');
  });

  test('nothing but space is not sent', () => {
    expect(inDirect().writes('  ').does('ctrl+j', 'enter').effects).toEqual([]);
  });

  test('others are told of it, but not of a command', () => {
    const { world, ui } = inDirect();
    expect(update(ui, { kind: 'text', text: 'a' }, world).effects).toEqual([{ kind: 'typing', room }]);
    expect(update(ui, { kind: 'text', text: '/' }, world).effects).toEqual([]);
  });

  test('while a room is being found, what is written is for that one and waits', () => {
    const sitting = inGroup().writes('/dm @jun').does('escape', 'enter').writes('secret').does('enter');
    expect(sitting.effects).toEqual([{ kind: 'direct', handle: 'jun', text: '' }]);
    sitting.does({ kind: 'go', room });
    expect([sitting.ui.room, sitting.ui.composer.text]).toEqual([room, 'secret']);
    sitting.world = fakeWorld([direct, group], room);
    expect(sitting.does('enter').effects.at(-1)).toEqual({ kind: 'send', room, text: 'secret' });
    expect(sitting.does('alt+down').ui.composer.text).toBe('');
    const nobody = inGroup().writes('/dm @nobody').does('escape', 'enter', { kind: 'stayed' });
    expect(nobody.writes('here').does('enter').effects.at(-1)).toMatchObject({ room: group.room });
  });

  test('what was begun in a room is there again', () => {
    const sitting = inDirect().writes('half').does('alt+down');
    expect([sitting.ui.room, sitting.ui.composer.text]).toEqual([group.room, '']);
    sitting.does('alt+up');
    expect([sitting.ui.room, sitting.ui.composer.text]).toEqual([room, 'half']);
  });

  test('a command in between gives it back', () => {
    const sitting = inDirect().writes('half').does('ctrl+f').writes('mine').does('enter');
    expect(sitting.ui.search).toMatchObject({ query: 'mine', count: 1 });
    expect(sitting.ui.composer.text).toBe('half');
    expect(inDirect().writes('half').does('ctrl+g', 'escape', 'escape').ui.composer.text).toBe('half');
  });

  test('a message in between gives an edit back as an edit', () => {
    const sitting = inDirect().does('up').writes('e').does('ctrl+g', 'ctrl+u').writes('hi').does('enter');
    expect(sitting.effects).toEqual([{ kind: 'send', room, text: 'hi' }]);
    expect([sitting.ui.composer.text, sitting.ui.purpose.kind]).toEqual(['mine', 'edit']);
    expect(sitting.does('enter').effects.at(-1)).toEqual({
      kind: 'edit',
      room,
      seq: 2 as never,
      text: 'mine',
    });
  });
});

describe('leaving', () => {
  test('Ctrl+C clears, asks, and ends', () => {
    const sitting = inDirect().writes('half').does('ctrl+c');
    expect([sitting.ui.composer.text, sitting.ui.leaving]).toEqual(['', false]);
    expect(sitting.does('ctrl+c').effects).toEqual([]);
    expect(sitting.does('ctrl+c').effects).toEqual([{ kind: 'quit' }]);
  });

  test('another key in between takes it back', () => {
    expect(inDirect().does('ctrl+c', 'up', 'escape', 'ctrl+c').effects).toEqual([]);
    expect(inDirect().does('ctrl+c').writes('a').does('ctrl+c', 'ctrl+c').effects).toEqual([]);
  });

  test('/quit ends', () =>
    expect(inDirect().writes('/quit').does('enter').effects).toEqual([{ kind: 'quit' }]));
});

describe('commands', () => {
  test.each<[string, Effect[]]>([
    ['/dm @jun', [{ kind: 'direct', handle: 'jun', text: '' }]],
    ['/dm jun 안녕 하세요', [{ kind: 'direct', handle: 'jun', text: '안녕 하세요' }]],
    ['/group 우리 팀 @jun ＠sora', [{ kind: 'group', name: '우리 팀', handles: ['jun', 'sora'] }]],
    ['/rename new name', [{ kind: 'rename', room: group.room, name: 'new name' }]],
    ['/add @jun @sora', [{ kind: 'add', room: group.room, handles: ['jun', 'sora'] }]],
    ['/remove @jun', [{ kind: 'remove', room: group.room, handle: 'jun' }]],
    ['/members', [{ kind: 'members', room: group.room }]],
    ['/read', [{ kind: 'read', room: group.room }]],
    ['/mark', [{ kind: 'mark', room: group.room }]],
    ['/mouse', [{ kind: 'mouse', on: false }]],
  ])('%s', (line, effects) => {
    // Escape: what is offered is not taken.
    const sitting = inGroup().writes(line).does('escape', 'enter');
    expect(sitting.effects).toEqual(effects);
    expect(sitting.ui.composer.text).toBe('');
  });

  test.each([
    '/dm',
    '/dm @Mi!na',
    '/group @jun',
    '/rename',
    '/add',
    '/remove',
    '/nothing',
    '/search',
    '/retry',
  ])('%s is refused, and stays to be mended', (line) => {
    const sitting = inGroup().writes(line).does('escape', 'enter');
    expect(sitting.effects).toEqual([]);
    expect(sitting.ui.notice?.tone).toBe('warning');
    expect(sitting.ui.composer.text).toBe(line);
  });

  test('what only a group has is refused for two', () => {
    for (const line of ['/rename x', '/add @sora', '/leave', '/remove @jun']) {
      expect(inDirect().writes(line).does('escape', 'enter').effects).toEqual([]);
    }
  });

  test('/leave and /delete are asked about first', () => {
    const leaving = inGroup().writes('/leave').does('enter');
    expect(leaving.ui.confirm?.question).toBe('Leave team?');
    expect(leaving.does('enter').effects).toEqual([{ kind: 'leave', room: group.room }]);
    expect(inGroup().writes('/leave').does('enter', 'escape', 'enter').effects).toEqual([]);
    const deleting = inDirect().writes('/delete').does('enter', 'enter');
    expect(deleting.effects).toEqual([{ kind: 'delete', room, seq: 2 as never }]);
  });

  test('/edit changes the last own message, at once or in the composer', () => {
    expect(inDirect().writes('/edit better').does('enter').effects).toEqual([
      { kind: 'edit', room, seq: 2 as never, text: 'better' },
    ]);
    const sitting = inDirect().writes('/edit').does('enter').writes('!').does('enter');
    expect(sitting.effects).toEqual([{ kind: 'edit', room, seq: 2 as never, text: 'mine!' }]);
  });

  test('/retry and /discard are about what failed here', () => {
    const failed = message(3, mina.user, 'x', { state: 'failed', clientMessageId: 'id' as never });
    const world = fakeWorld([directRoom({ messages: [failed] })]);
    expect(new Sitting(world).writes('/retry').does('enter').effects).toEqual([
      { kind: 'resend', room, id: 'id' as never },
    ]);
    expect(new Sitting(world).writes('/discard').does('enter').effects).toEqual([
      { kind: 'discard', room, id: 'id' as never },
    ]);
  });
});

describe('what is offered', () => {
  test('a command is completed by its beginning, and done by Enter if nothing follows', () => {
    expect(inGroup().writes('/mem').does('enter').effects).toEqual([{ kind: 'members', room: group.room }]);
    const sitting = inGroup().writes('/ren').does('enter');
    expect([sitting.ui.composer.text, sitting.effects]).toEqual(['/rename ', []]);
  });

  test('arrows choose', () => {
    const { ui } = inGroup().writes('/re').does('down', 'tab');
    expect(ui.composer.text).toBe('/rename ');
  });

  test('people of the room behind an @, also a full-width one behind a letter', () => {
    expect(inGroup().writes('봐요＠j').does('tab').ui.composer.text).toBe('봐요@jun ');
  });

  test('Enter behind a whole handle sends', () => {
    const sitting = inGroup().writes('hi @jun').does('enter');
    expect(sitting.effects).toEqual([{ kind: 'send', room: group.room, text: 'hi @jun' }]);
  });

  test('rooms behind /go', () => {
    const sitting = inDirect().does('ctrl+g').writes('te').does('enter');
    expect(sitting.effects).toEqual([{ kind: 'open', room: group.room, left: room }]);
  });
});

describe('messages', () => {
  test('are chosen with the arrows, and answered, edited, deleted', () => {
    expect(inDirect().does('up').ui.selected).toBe('m2');
    const answering = inDirect().does('up', 'up').writes('r').writes('yes').does('enter');
    expect(answering.effects).toEqual([{ kind: 'send', room, text: 'yes', replyTo: 1 as never }]);
    const editing = inDirect().does('up').writes('ㄷ').writes('!').does('enter');
    expect(editing.effects).toEqual([{ kind: 'edit', room, seq: 2 as never, text: 'mine!' }]);
    expect(inDirect().does('up').writes('d').does('enter').effects).toEqual([
      { kind: 'delete', room, seq: 2 as never },
    ]);
  });

  test('of others are not edited', () => {
    expect(inDirect().does('up', 'up').writes('e').ui.notice?.text).toBe('That is not your message.');
  });

  test('that came as a preview are fetched before they are read or edited', () => {
    const long = { type: 'text', text: 'begins', long: { bytes: 9_000, sha256: 'x' } };
    const world = fakeWorld([directRoom({ messages: [message(1, mina.user, '', { content: long })] })]);
    expect(new Sitting(world).does('up', 'enter').effects).toEqual([
      { kind: 'whole', room, seq: 1 as never },
    ]);
    expect(new Sitting(world).writes('/edit').does('enter').effects).toEqual([
      { kind: 'edit-whole', room, seq: 1 as never },
    ]);
  });

  test('are found, the newest first', () => {
    const messages = ['Apple', 'pear', 'ＡＰＰＬＥ pie'].map((text, index) =>
      message(index + 1, jun.user, text),
    );
    const sitting = new Sitting(fakeWorld([directRoom({ messages })])).writes('/search apple').does('enter');
    expect([sitting.ui.selected, sitting.ui.search]).toEqual(['m3', { query: 'apple', at: 1, count: 2 }]);
    expect(sitting.does('up').ui.selected).toBe('m1');
    expect(sitting.does('escape').ui.search).toBeUndefined();
  });
});

describe('scrolling', () => {
  const messages = Array.from({ length: 40 }, (_, index) =>
    message(index + 1, jun.user, `text ${index + 1}`),
  );
  const long = (more: object = {}) => new Sitting(fakeWorld([directRoom({ messages, ...more })]));

  test('stops at the beginning, and asks for more where there is more', () => {
    const sitting = long().does('pageup', 'pageup', 'pageup', 'pageup');
    expect(sitting.effects).toEqual([]);
    expect(long({ atStart: false }).does('pageup', 'pageup').effects).toEqual([{ kind: 'older', room }]);
  });

  test('stays where it is while messages come, and goes back to the end', () => {
    const sitting = long().does('pageup');
    const { position } = sitting.ui;
    expect(position).not.toBe('end');
    sitting.world = fakeWorld([directRoom({ messages: [...messages, message(41, jun.user, 'new')] })]);
    expect(sitting.does({ kind: 'focus', focused: true }).ui.position).toEqual(position);
    expect(sitting.does('pagedown', 'pagedown').ui.position).toBe('end');
    expect(long().does('pageup', 'ctrl+end').ui.position).toBe('end');
  });

  test('behind a place that was jumped to, asks for newer ones', () => {
    expect(long({ atEnd: false }).does('pagedown').effects).toEqual([{ kind: 'newer', room }]);
    expect(long({ atEnd: false }).does('ctrl+end').effects).toEqual([{ kind: 'end', room }]);
  });

  test('the wheel scrolls, up and back', () => {
    const wheel = (up: boolean): UiEvent => ({ kind: 'wheel', up, row: 5, column: 40 });
    const sitting = long().does(wheel(true));
    expect(sitting.ui.position).not.toBe('end');
    expect(sitting.does(wheel(false)).ui.position).toBe('end');
  });

  test('to the first unread message, loaded or not, then to the next room that has some', () => {
    const unread = directRoom({ messages, read: 5, unreadCount: 35 });
    const sitting = new Sitting(fakeWorld([group, unread])).does({ kind: 'go', room });
    sitting.world = fakeWorld([group, unread], room);
    sitting.does('alt+u');
    expect(sitting.ui.position).not.toBe('end');
    const older = directRoom({ messages: messages.slice(20), read: 5, unreadCount: 35, atStart: false });
    const far = new Sitting(fakeWorld([group, older])).does({ kind: 'go', room });
    far.world = fakeWorld([group, older], room);
    expect(far.does('alt+u').effects).toContainEqual({ kind: 'jump', room, seq: 6 as never });
    const elsewhere = new Sitting(fakeWorld([group, directRoom({ unreadCount: 1 })], group.room));
    expect(elsewhere.does('alt+u').effects).toEqual([{ kind: 'open', room, left: group.room }]);
  });
});

test('a click opens a room, chooses a message, and goes to the end', () => {
  const opened = inDirect().does({ kind: 'click', target: { kind: 'room', room: group.room } });
  expect(opened.effects).toEqual([{ kind: 'open', room: group.room, left: room }]);
  expect(inDirect().does({ kind: 'click', target: { kind: 'message', key: 'm1' } }).ui.selected).toBe('m1');
});
