import { describe, expect, test } from 'bun:test';
import type { RoomId, Seq } from '@maru/protocol';
import { directRoom, fakeWorld, groupRoom, jun, message, mina, NOW } from '../testing/fake-world.ts';
import { originText } from '../view/quote-text.ts';
import { takeCompletion } from './completion.ts';
import { pressKey } from './press-key.ts';
import { initialUi, type Ui } from './ui.ts';
import { update } from './update.ts';

const room = directRoom({ messages: [message(1, jun.user, '회의록'), message(2, mina.user, 'thanks')] });
const team = groupRoom('team');
const world = fakeWorld([room, team]);
const ui: Ui = { ...initialUi(80, 24, false), room: room.room, listOnly: false };

test('f at a chosen message offers the rooms, and asks before anything is sent on', () => {
  const begun = update({ ...ui, selected: 'm1' }, { kind: 'text', text: 'f' }, world).ui;
  expect(begun).toMatchObject({
    composer: { text: '/forward ' },
    completion: { of: 'room' },
    selected: 'm1',
  });
  const typed = update(begun, { kind: 'text', text: 'te' }, world).ui;
  const taken = pressKey(typed, 'tab', world).ui;
  expect(taken).toMatchObject({ composer: { text: '/forward team' }, selected: 'm1' });
  const asked = pressKey({ ...taken, completion: undefined }, 'enter', world);
  expect(asked.effects).toEqual([]);
  expect(asked.ui.confirm?.question).toBe('Send “회의록” on to team?');
  const effect = { kind: 'forward', room: room.room, seq: 1 as Seq, to: [team.room], named: true } as const;
  expect(pressKey(asked.ui, 'enter', world).effects).toEqual([effect]);
  expect(pressKey(asked.ui, 'escape', world).effects).toEqual([]);
});

describe('/forward', () => {
  const odd = groupRoom('anon, and others');
  const wide = fakeWorld([room, team, odd]);
  const asked = (text: string) => {
    const written = update({ ...ui, selected: 'm1' }, { kind: 'text', text }, wide).ui;
    return pressKey({ ...written, completion: undefined }, 'enter', wide).ui;
  };
  const effect = (to: readonly RoomId[], named = true) =>
    ({ kind: 'forward', room: room.room, seq: 1 as Seq, to, named }) as const;

  test.each([
    ['/forward team, 준', [team.room, room.room], true],
    ['/forward team,team', [team.room], true],
    ['/forward anon team', [team.room], false],
    ['/전달 익명 team，준', [team.room, room.room], false],
    ['/forward anon, and others', [odd.room], true],
    ['/forward anon anon, and others', [odd.room], false],
  ] as const)('[TALK11] %s', (text, to, named) =>
    expect(asked(text).confirm?.effect).toEqual(effect(to, named)),
  );

  test('[TALK11] says to whom, and that nobody is named; and which room there is not', () => {
    expect(asked('/forward anon team, 준').confirm?.question).toBe(
      'Send “회의록” on to team, 준, without saying whose it was?',
    );
    expect(asked('/forward team, nowhere').notice?.text).toBe(wide.texts.noRoomLike('nowhere'));
    expect(asked('/forward anon').notice?.tone).toBeUndefined();
    expect(asked('/forward ,').notice?.text).toBe(wide.texts.noRoomLike(','));
  });

  test('offers rooms behind each comma', () => {
    const offered = (text: string) => {
      const { composer, completion } = update(ui, { kind: 'text', text }, wide).ui;
      return completion && takeCompletion(composer, completion).text;
    };
    expect(offered('/forward te')).toBe('/forward team');
    expect(offered('/forward 준, te')).toBe('/forward 준, team');
    expect(offered('/forward anon 준,te')).toBe('/forward anon 준,team');
  });
});

test('what is folded is not quoted, until it is chosen', () => {
  const folded = directRoom({ messages: [message(1, jun.user, '회의록', { folded: true })] });
  const there = fakeWorld([folded, team]);
  const question = (selected: string | undefined) => {
    const written = update({ ...ui, selected }, { kind: 'text', text: '/forward team' }, there).ui;
    return pressKey({ ...written, completion: undefined }, 'enter', there).ui.confirm?.question;
  };
  expect(question(undefined)).toBe('Send “(of somebody you block)” on to team?');
  expect(question('m1')).toBe('Send “회의록” on to team?');
});

test('a room that is not there is said', () => {
  const written = update(ui, { kind: 'text', text: '/전달 nowhere' }, world).ui;
  const { notice } = pressKey({ ...written, completion: undefined }, 'enter', world).ui;
  expect(notice?.text).toBe(world.texts.noRoomLike('nowhere'));
});

test('where a message came from is said with it, whoever that is', () => {
  expect(originText({ forwarded: { sender: jun.user } }, world)).toBe('forwarded, by 준 first');
  expect(originText({ forwarded: { sender: mina.user } }, world)).toBe('forwarded, your own first');
  expect(originText({ forwarded: { sentAt: NOW } }, world)).toContain('forwarded · ');
  expect(originText({ forwarded: undefined }, world)).toBe('');
});
