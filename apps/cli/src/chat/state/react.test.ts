import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { directRoom, fakeWorld, jun, message, mina } from '../testing/fake-world.ts';
import { reactionLines } from '../view/reaction-lines.ts';
import { pressKey } from './press-key.ts';
import { initialUi, type Ui } from './ui.ts';
import { update } from './update.ts';

const mine = { reaction: '👍', count: 2, mine: true };
const theirs = { reaction: '🎉', count: 1, mine: false };
const room = directRoom({
  messages: [
    message(1, jun.user, '안녕', { reactions: [mine, theirs] }),
    message(2, mina.user, 'hi'),
    message(3, jun.user, '', { kind: 'message', deleted: true, content: undefined }),
  ],
});
const world = fakeWorld([room]);
const ui: Ui = { ...initialUi(80, 24, false), room: room.room, listOnly: false };

function says(line: string, before = ui) {
  const written = update(before, { kind: 'text', text: line }, world).ui;
  return pressKey({ ...written, completion: undefined }, 'enter', world);
}

test('a digit puts its emoji on the chosen message, and takes off what is one’s own', () => {
  const chosen = { ...ui, selected: 'm1' };
  const react = { kind: 'react', room: room.room, seq: 1 as Seq } as const;
  expect(update(chosen, { kind: 'text', text: '2' }, world).effects).toEqual([
    { ...react, reaction: '❤️', on: true },
  ]);
  expect(update(chosen, { kind: 'text', text: '1' }, world).effects).toEqual([
    { ...react, reaction: '👍', on: false },
  ]);
  // Without one it is written.
  expect(update(ui, { kind: 'text', text: '1' }, world).ui.composer.text).toBe('1');
});

test('/react is about the last message that is there, or the chosen one; and takes nothing but one emoji', () => {
  expect(says('/react 🎉').effects).toEqual([
    { kind: 'react', room: room.room, seq: 2 as Seq, reaction: '🎉', on: true },
  ]);
  expect(says('/반응 \u2764', { ...ui, selected: 'm1' }).effects).toEqual([
    { kind: 'react', room: room.room, seq: 1 as Seq, reaction: '❤️', on: true },
  ]);
  expect(says('/react yes').ui.notice?.text).toBe(world.texts.notEmoji);
  expect(says('/react').ui.notice?.text).toContain('/react EMOJI');
  expect(says('/react 🎉', { ...ui, selected: 'm3' }).ui.notice?.text).toBe(world.texts.nothingToReactTo);
});

test('/reactions asks who, of the last message that has any', () => {
  expect(says('/reactions').effects).toEqual([{ kind: 'reactions', room: room.room, seq: 1 as Seq }]);
  expect(says('/reactions', { ...ui, selected: 'm2' }).ui.notice?.text).toBe(world.texts.noReactions);
});

test('reactions stand in rows as wide as there is room for, one’s own apart', () => {
  const [line] = reactionLines({ reactions: [mine, theirs] }, 40);
  expect(line?.map(({ text, style }) => [text, style])).toEqual([
    ['👍 2', 'accent'],
    ['  ', 'plain'],
    ['🎉 1', 'dim'],
  ]);
  expect(reactionLines({ reactions: [mine, theirs] }, 8)).toHaveLength(2);
  expect(reactionLines({ reactions: [] }, 8)).toEqual([]);
});
