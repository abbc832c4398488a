import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { directRoom, fakeWorld, groupRoom, jun, message, mina, NOW } from '../testing/fake-world.ts';
import { originText } from '../view/quote-text.ts';
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
  expect(asked.ui.confirm?.question).toBe(world.texts.askForward('team'));
  const effect = { kind: 'forward', room: room.room, seq: 1 as Seq, to: team.room } as const;
  expect(pressKey(asked.ui, 'enter', world).effects).toEqual([effect]);
  expect(pressKey(asked.ui, 'escape', world).effects).toEqual([]);
});

test('a room that is not there is said', () => {
  const written = update(ui, { kind: 'text', text: '/전달 nowhere' }, world).ui;
  const { notice } = pressKey({ ...written, completion: undefined }, 'enter', world).ui;
  expect(notice?.text).toBe(world.texts.noRoomLike('nowhere'));
});

test('where a message came from is said with it, whoever that is', () => {
  expect(originText({ forwarded: { sender: jun.user } }, world)).toBe('forwarded, by 준 first');
  expect(originText({ forwarded: { sentAt: NOW } }, world)).toContain('forwarded · ');
  expect(originText({ forwarded: undefined }, world)).toBe('');
});
