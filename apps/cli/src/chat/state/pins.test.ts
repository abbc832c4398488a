import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { directRoom, fakeWorld, jun, message, mina } from '../testing/fake-world.ts';
import { pinLine } from '../view/header.ts';
import { lineWidth } from '../view/span.ts';
import { pressKey } from './press-key.ts';
import { initialUi, type Ui } from './ui.ts';
import { update } from './update.ts';

const at = (seq: number) => seq as Seq;
const quote = (seq: number, text: string) =>
  ({ kind: 'message', seq: at(seq), sender: jun.user, text, type: 'text' }) as const;
const room = directRoom({
  messages: [message(11, jun.user, '주소'), message(12, mina.user, 'thanks')],
  pins: [quote(11, '주소'), quote(3, 'the rules')],
});
const world = fakeWorld([room]);
const ui: Ui = { ...initialUi(80, 24, false), room: room.room, listOnly: false };

function says(line: string) {
  const written = update(ui, { kind: 'text', text: line }, world).ui;
  return pressKey({ ...written, completion: undefined }, 'enter', world);
}

test('p pins the chosen message, or takes it down; /pin is about the last one', () => {
  const pin = (selected: string) => update({ ...ui, selected }, { kind: 'text', text: 'p' }, world).effects;
  expect(pin('m12')).toEqual([{ kind: 'pin-message', room: room.room, seq: at(12), on: true }]);
  expect(pin('m11')).toEqual([{ kind: 'pin-message', room: room.room, seq: at(11), on: false }]);
  expect(says('/고정').effects).toEqual([{ kind: 'pin-message', room: room.room, seq: at(12), on: true }]);
});

test('/pins lists what is pinned, and goes to the one of a number', () => {
  expect(says('/pins').ui.panel?.text).toBe('1  준: 주소\n2  준: the rules');
  expect(says('/pins 1').ui.selected).toBe('m11');
  expect(says('/pins 2').effects).toEqual([{ kind: 'jump', room: room.room, seq: at(3), choose: true }]);
  expect(says('/pins 3').ui.notice?.text).toBe(world.texts.noSuchPin(2));
  expect(says('/pins x').ui.notice?.text).toContain('/pins [NUMBER]');
});

test('what was pinned last stands under the header, and a click goes there', () => {
  const text = pinLine(world, 40)
    .map((each) => each.text)
    .join('');
  expect(text).toContain('─ 📌 준: 주소 ─');
  expect(lineWidth(pinLine(world, 40))).toBe(40);
  expect(lineWidth(pinLine(world, 16))).toBeLessThanOrEqual(16);
  expect(pinLine(fakeWorld([directRoom()]), 4).map((each) => each.text)).toEqual(['────']);
  expect(update(ui, { kind: 'click', target: { kind: 'pin' } }, world).ui.selected).toBe('m11');
});
