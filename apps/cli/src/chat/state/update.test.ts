import { describe, expect, test } from 'bun:test';
import type { DeadLetter } from '@maru/client';
import { linkCode, type RoomId, refusal } from '@maru/protocol';
import { directRoom, fakeWorld, groupRoom, jun, message, mina, NOW } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';
import { completionOf } from './completion.ts';
import type { Effect } from './effect.ts';
import { update } from './update.ts';

/** Half past an hour of a day in November 2026. */
const on = (day: number, hour: number) => new Date(2026, 10, day, hour, 30).getTime();

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
    // The SDK has it by now.
    sitting.world = fakeWorld([{ ...direct, draft: { text: 'half' } }, group], group.room);
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

const CODE = linkCode.parse(`${'01h455vb4pex5vsknk084sn02q'.repeat(2)}`);

describe('commands', () => {
  test.each<[string, Effect[]]>([
    ['/dm @jun', [{ kind: 'direct', handle: 'jun', text: '' }]],
    ['/dm jun 안녕 하세요', [{ kind: 'direct', handle: 'jun', text: '안녕 하세요' }]],
    [
      '/group 우리 팀 @jun ＠sora',
      [{ kind: 'group', name: '우리 팀', handles: ['jun', 'sora'], history: 'all' }],
    ],
    ['/timer 1h', [{ kind: 'set-timer', room: group.room, seconds: 3_600 }]],
    ['/타이머 1일', [{ kind: 'set-timer', room: group.room, seconds: 86_400 }]],
    ['/timer off', [{ kind: 'set-timer', room: group.room, seconds: 0 }]],
    ['/later 18:30 see you', [{ kind: 'schedule', room: group.room, at: on(25, 18), text: 'see you' }]],
    [
      '/나중에 내일 9:30 좋은 아침',
      [{ kind: 'schedule', room: group.room, at: on(26, 9), text: '좋은 아침' }],
    ],
    ['/rename new name', [{ kind: 'rename', room: group.room, name: 'new name' }]],
    ['/add @jun @sora', [{ kind: 'add', room: group.room, handles: ['jun', 'sora'] }]],
    ['/role @jun admin', [{ kind: 'role', room: group.room, handle: 'jun', role: 'administrator' }]],
    ['/역할 @jun 구성원', [{ kind: 'role', room: group.room, handle: 'jun', role: 'member' }]],
    ['/rights @all owner', [{ kind: 'rights', room: group.room, rights: { 'mention-all': 'owner' } }]],
    ['/rights send admins', [{ kind: 'rights', room: group.room, rights: { send: 'administrators' } }]],
    ['/권한 add 모두', [{ kind: 'rights', room: group.room, rights: { add: 'everyone' } }]],
    ['/link', [{ kind: 'make-link', room: group.room, options: {} }]],
    [
      '/link 2h 5 ask',
      [
        {
          kind: 'make-link',
          room: group.room,
          options: { expiresAt: NOW + 7_200_000, usesMax: 5, approval: true },
        },
      ],
    ],
    ['/links', [{ kind: 'links', room: group.room }]],
    [`/join https://chat.example.org/#join=${CODE}`, [{ kind: 'join', code: CODE }]],
    [`/참여 ${CODE}`, [{ kind: 'join', code: CODE }]],
    ['/join the news', [{ kind: 'join-channel', name: 'the news' }]],
    ['/channels house', [{ kind: 'channels', words: 'house' }]],
    ['/채널찾기', [{ kind: 'channels', words: '' }]],
    ['/channel the news', [{ kind: 'channel', name: 'the news', isPublic: true }]],
    ['/channel closed board', [{ kind: 'channel', name: 'board', isPublic: false }]],
    ['/채널 비공개 이사회', [{ kind: 'channel', name: '이사회', isPublic: false }]],
    ['/link-device 7kqm-4rxp', [{ kind: 'device', act: 'look', code: '7kqm-4rxp' }]],
    [
      '/기기연결 https://chat.example.org/#device=7kqm-4rxp',
      [{ kind: 'device', act: 'look', code: '7kqm-4rxp' }],
    ],
    ['/link-device 7KQM 4RXP no', [{ kind: 'device', act: 'refuse', code: '7KQM 4RXP' }]],
    ['/admit @jun', [{ kind: 'answer-join', room: group.room, handle: 'jun', accept: true }]],
    ['/decline @jun', [{ kind: 'answer-join', room: group.room, handle: 'jun', accept: false }]],
    ['/slow 30', [{ kind: 'slow', room: group.room, seconds: 30 }]],
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
    '/timer',
    '/later',
    '/later 18:30',
    '/later soon x',
    '/scheduled cancel',
    '/timer soon',
    '/add',
    '/remove',
    '/role @jun',
    '/role @jun king',
    '/rights send',
    '/slow',
    '/link 0d',
    '/link soon',
    '/unlink 1',
    '/unlink',
    '/join',
    '/join https://chat.example.org/#join=nonsense',
    '/channel',
    '/channel closed',
    '/link-device',
    '/link-device what',
    '/admit',
    '/slow 3601',
    '/slow -1',
    '/rights dance owner',
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

  test('[GROUP4] what one may not do is neither offered nor done', () => {
    const can = { ...group.can, rename: false };
    const world = fakeWorld([{ ...group, can }]);
    const sitting = new Sitting(world).writes('/rename x').does('escape', 'enter');
    expect([sitting.effects, sitting.ui.notice?.text]).toEqual([[], 'You may not do that in this group.']);
    const offered = (of: typeof world) => completionOf({ text: '/re', cursor: 3 } as never, of)?.items ?? [];
    expect(offered(world).map(({ insert }) => insert)).not.toContain('/rename ');
    expect(offered(fakeWorld([group])).map(({ insert }) => insert)).toContain('/rename ');
  });

  test('/rights shows who may do what', () => {
    const { ui } = new Sitting(fakeWorld([{ ...group, facts: { rights: { send: 'owner' } } }]))
      .writes('/rights')
      .does('escape', 'enter');
    expect(ui.panel?.text).toContain('send: owner\nadd: everyone\nrename: administrators');
    expect(ui.panel?.text).toContain('@all: everyone up to 20 members, then admins');
  });

  test('handing over is asked about first', () => {
    const sitting = inGroup().writes('/role @jun owner').does('escape', 'enter');
    expect([sitting.effects, sitting.ui.confirm?.question]).toEqual([[], 'Hand the group over to @jun?']);
    expect(sitting.does('enter').effects).toEqual([
      { kind: 'role', room: group.room, handle: 'jun', role: 'owner' },
    ]);
  });

  test('/forget is for who is out, and asked about first', () => {
    expect(inGroup().writes('/forget').does('escape', 'enter').effects).toEqual([]);
    const out = new Sitting(fakeWorld([{ ...group, membership: 'removed' }]));
    const asked = out.writes('/forget').does('escape', 'enter');
    expect(asked.ui.confirm?.question).toBe('Drop all that this device has of team?');
    expect(asked.does('enter').effects).toEqual([{ kind: 'forget', room: group.room }]);
  });

  test('a command that was typed behind a refused one is not said to the others', () => {
    const link = `/join https://chat.example.org/#join=${CODE}`;
    const sitting = inDirect().writes('/forget').does('escape', 'enter').writes(link).does('escape', 'enter');
    expect(sitting.effects).toEqual([]);
    expect(sitting.ui.notice?.text).toContain('/forget/join');
    expect(sitting.ui.composer.text).toBe(`/forget${link}`);
  });

  test('/remove is asked about first', () => {
    const removing = inGroup().writes('/remove @jun').does('escape', 'enter');
    expect([removing.effects, removing.ui.confirm?.question]).toEqual([[], 'Remove @jun from team?']);
    expect(removing.does('enter').effects).toEqual([{ kind: 'remove', room: group.room, handle: 'jun' }]);
    const kept = inGroup().writes('/remove @jun').does('escape', 'enter', 'escape', 'enter');
    expect(kept.effects).toEqual([]);
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
    const letter = (of: RoomId, id: string): DeadLetter => ({
      room: of,
      clientMessageId: id as never,
      command: { kind: 'leave', room: of, clientMessageId: id as never },
      error: refusal('forbidden', 'No.'),
      createdAt: 0,
    });
    const deadLetters = [letter(room, 'id'), letter(group.room, 'elsewhere')];
    const world = { ...fakeWorld([directRoom({ messages: [failed] })]), deadLetters };
    expect(new Sitting(world).writes('/discard all').does('enter').effects).toEqual([
      { kind: 'discard', room, id: 'id' as never },
      { kind: 'discard', room: group.room, id: 'elsewhere' as never },
    ]);
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

test('a click opens a room, chooses a message, and goes to the end', () => {
  const opened = inDirect().does({ kind: 'click', target: { kind: 'room', room: group.room } });
  expect(opened.effects).toEqual([{ kind: 'open', room: group.room, left: room }]);
  expect(inDirect().does({ kind: 'click', target: { kind: 'message', key: 'm1' } }).ui.selected).toBe('m1');
});
