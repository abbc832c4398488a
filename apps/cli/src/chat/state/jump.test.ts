import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { directRoom, fakeWorld, jun, message, mina } from '../testing/fake-world.ts';
import { quoteText } from '../view/quote-text.ts';
import { pressKey } from './press-key.ts';
import { initialUi, type Ui } from './ui.ts';
import { update } from './update.ts';

const at = (seq: number) => seq as Seq;
const quote = { kind: 'message', seq: at(11), sender: jun.user, text: '뭐 먹지?', type: 'text' } as const;
const room = directRoom({
  messages: [
    message(11, jun.user, '뭐 먹지?'),
    message(12, mina.user, 'pizza', { quote }),
    message(13, mina.user, 'or rice', { quote: { kind: 'awaited', seq: at(2) } }),
    message(14, mina.user, 'no', { quote: { kind: 'hidden', seq: at(1) } }),
  ],
});
const world = fakeWorld([room]);
const ui: Ui = { ...initialUi(80, 24, false), room: room.room, listOnly: false };
const jump = (selected: string) => update({ ...ui, selected }, { kind: 'text', text: 'j' }, world);

test('j goes to what a message answers: at once, or after it was fetched', () => {
  expect(jump('m12')).toMatchObject({ ui: { selected: 'm11' }, effects: [] });
  const fetched = { kind: 'jump', room: room.room, seq: at(2), choose: true } as const;
  expect(jump('m13').effects).toEqual([fetched]);
  const earlier = message(2, jun.user, 'long ago');
  const loaded = fakeWorld([{ ...room, messages: [earlier, ...room.messages] }]);
  const landed = update(ui, { kind: 'jumped', room: room.room, chosen: at(2) }, loaded);
  expect(landed.ui.selected).toBe('m2');
});

test('it goes nowhere where there is nothing, or nothing to be seen', () => {
  expect(jump('m14').ui.notice?.text).toBe(world.texts.quoteHidden);
  expect(jump('m11').ui.notice?.text).toBe(world.texts.answersNothing);
  expect(update(ui, { kind: 'jumped', room: room.room, chosen: at(9) }, world).ui.notice).toBeDefined();
});

test('/jump is about the chosen message, or the last that answers anything', () => {
  const written = update(ui, { kind: 'text', text: '/원문' }, world).ui;
  const { notice } = pressKey({ ...written, completion: undefined }, 'enter', world).ui;
  expect(notice?.text).toBe(world.texts.quoteHidden);
});

test('[TALK8] a quote of what is gone says whether it expired or was deleted', () => {
  const gone = { kind: 'deleted', seq: at(2), sender: jun.user } as const;
  expect(quoteText(gone, world)).toBe('준: deleted');
  expect(quoteText({ ...gone, expired: true }, world)).toBe('준: expired');
});
