import { describe, expect, test } from 'bun:test';
import { limits, type Seq } from '@maru/protocol';
import { withText } from '../composer/composer.ts';
import { directRoom, fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
import { draftEffects, withDraft } from './drafts.ts';
import { initialUi, type Ui } from './ui.ts';
import { type UiEvent, update } from './update.ts';
import type { World } from './world.ts';

const messages = [message(1, jun.user, 'theirs'), message(2, mina.user, 'mine')];
const direct = directRoom({ messages });
const group = groupRoom('team');
const { room } = direct;
const world = fakeWorld([direct, group]);
const sitting: Ui = { ...initialUi(80, 24, true), room, listOnly: false };

/** What the SDK is told of what is being written. */
function told(ui: Ui, ...events: readonly (UiEvent | string)[]) {
  let now = ui;
  const effects = events.flatMap((event) => {
    const before = now;
    now = update(before, typeof event === 'string' ? { kind: 'key', chord: event } : event, world).ui;
    return draftEffects(before, now);
  });
  return { ui: now, effects };
}

const text = (given: string): UiEvent => ({ kind: 'text', text: given });

describe('what is being written is told', () => {
  test('as it changes, and that the room was left', () => {
    const { effects } = told(sitting, text('안'), text('녕'), 'left', 'alt+down');
    expect(effects).toEqual([
      { kind: 'draft', room, draft: { text: '안' } },
      { kind: 'draft', room, draft: { text: '안녕' } },
      { kind: 'flush-draft', room },
    ]);
  });

  test('with what it answers or changes', () => {
    expect(told(sitting, 'up', 'up', text('r'), text('네')).effects).toEqual([
      { kind: 'draft', room, draft: { text: '네', replyTo: 1 as Seq } },
    ]);
    expect(told(sitting, 'up', text('e'), 'escape').effects).toEqual([
      { kind: 'draft', room, draft: { text: 'mine', editOf: 2 as Seq } },
      { kind: 'draft', room, draft: undefined },
    ]);
  });

  test('but not commands, nor what no message could hold; and what is sent is no draft', () => {
    expect(told(sitting, text('/mute')).effects).toEqual([]);
    const tooLong = text('x'.repeat(limits.MESSAGE_CHARS_MAX + 1));
    expect(told(sitting, tooLong).effects).toEqual([]);
    expect(told(sitting, text('hi'), 'enter').effects.at(-1)).toEqual({
      kind: 'draft',
      room,
      draft: undefined,
    });
    expect(told({ ...sitting, appends: true }, text('hi')).effects).toEqual([]);
  });

  test('also while a command stands in its place', () => {
    const { ui, effects } = told(sitting, text('hello'), 'ctrl+g', text('te'));
    expect(effects).toHaveLength(1);
    expect(told(ui, 'escape').effects).toEqual([]);
  });
});

describe('a room that is opened has', () => {
  const opened = (ui: Ui, given: World) => update(ui, { kind: 'go', room }, given).ui;
  const elsewhere: Ui = { ...initialUi(80, 24, true), room: group.room, listOnly: false };
  const withOwn = (draft: World['rooms'][number]['draft']) =>
    fakeWorld([{ ...direct, draft }, group], group.room);

  test('what another device wrote there', () => {
    const ui = opened(elsewhere, withOwn({ text: 'from the phone' }));
    expect(ui).toMatchObject({
      composer: { text: 'from the phone', cursor: 14 },
      purpose: { kind: 'message' },
    });
    expect(opened(elsewhere, withOwn({ text: 'a', editOf: 2 as Seq })).purpose).toEqual({
      kind: 'edit',
      seq: 2 as Seq,
    });
    expect(opened(elsewhere, withOwn({ text: 'a', replyTo: 1 as Seq })).purpose).toEqual({
      kind: 'reply',
      seq: 1 as Seq,
      name: '준',
    });
  });

  test('what was left there, with its cursor, unless it was sent or went on elsewhere', () => {
    const { ui } = told(sitting, text('hello'), 'home', 'alt+down');
    expect(opened(ui, withOwn({ text: 'hello' })).composer).toMatchObject({ text: 'hello', cursor: 0 });
    expect(opened(ui, withOwn({ text: 'hello again' })).composer.text).toBe('hello again');
    expect(opened(ui, withOwn(undefined)).composer.text).toBe('');
  });

  test('nothing in it, where lines are appended', () => {
    expect(opened({ ...elsewhere, appends: true }, withOwn({ text: 'x' })).composer.text).toBe('');
  });
});

describe('a draft that another device changes while the room is open', () => {
  const now = (draft: World['rooms'][number]['draft']) => fakeWorld([{ ...direct, draft }]);
  const hello = { ...sitting, composer: withText('hello') };

  test('stands in the input, where nothing else was written since', () => {
    expect(withDraft(hello, { text: 'hello' }, now({ text: 'hello there' })).composer.text).toBe(
      'hello there',
    );
    expect(withDraft(hello, { text: 'hello' }, now(undefined)).composer.text).toBe('');
    expect(withDraft(sitting, undefined, now({ text: 'hi' })).composer.text).toBe('hi');
  });

  test('takes the place of nothing that was begun here', () => {
    expect(withDraft(hello, { text: 'hell' }, now({ text: 'other' }))).toBe(hello);
    const command = { ...sitting, composer: withText('/mute') };
    expect(withDraft(command, undefined, now({ text: 'other' }))).toBe(command);
    const stashed = { ...command, stashed: { composer: withText('hello'), purpose: sitting.purpose } };
    expect(withDraft(stashed, { text: 'hello' }, now({ text: 'other' }))).toBe(stashed);
  });
});
