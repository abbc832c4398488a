import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { directRoom, fakeWorld, jun, message } from '../testing/fake-world.ts';
import { pressKey } from './press-key.ts';
import { initialUi, type Ui } from './ui.ts';
import { update } from './update.ts';

const room = directRoom({
  messages: [message(1, jun.user, 'as it is'), message(2, jun.user, 'better', { edited: true })],
});
const world = fakeWorld([room]);
const ui: Ui = { ...initialUi(80, 24, false), room: room.room, listOnly: false };

test('v, or /versions, asks what a message said before it was edited', () => {
  const asked = [{ kind: 'versions', room: room.room, seq: 2 as Seq }] as const;
  expect(update({ ...ui, selected: 'm2' }, { kind: 'text', text: 'v' }, world).effects).toEqual(asked);
  const written = update(ui, { kind: 'text', text: '/versions' }, world).ui;
  expect(pressKey({ ...written, completion: undefined }, 'enter', world).effects).toEqual(asked);
  const never = update({ ...ui, selected: 'm1' }, { kind: 'text', text: 'v' }, world);
  expect(never.ui.notice?.text).toBe(world.texts.nothingEdited);
});
