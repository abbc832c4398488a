import { expect, test } from 'bun:test';
import * as fc from 'fast-check';
import { directRoom, fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
import { screenOf } from '../view/screen.ts';
import { initialUi, type Ui } from './ui.ts';
import { type UiEvent, update } from './update.ts';

const messages = Array.from({ length: 30 }, (_, index) => {
  const sender = index % 3 === 0 ? mina.user : jun.user;
  return message(index + 1, sender, index % 5 === 0 ? `긴 글 ${'가나 '.repeat(80)}` : `text ${index} 👨‍👩‍👧`);
});
const direct = directRoom({ messages, read: 12, unreadCount: 10 });
const group = groupRoom('팀', { messages: messages.slice(0, 4), atStart: false, atEnd: false });
const rooms = [direct, group];

const chords = [
  ...['enter', 'alt+enter', 'escape', 'tab', 'shift+tab', 'up', 'down', 'left', 'right', 'home', 'end'],
  ...[
    'pageup',
    'pagedown',
    'ctrl+home',
    'ctrl+end',
    'alt+up',
    'alt+down',
    'alt+u',
    'alt+2',
    'f1',
    'ctrl+left',
  ],
  ...['ctrl+c', 'ctrl+g', 'ctrl+f', 'ctrl+o', 'ctrl+u', 'ctrl+k', 'ctrl+w', 'ctrl+y', 'backspace', 'delete'],
];
const texts = [
  '안',
  '👨‍👩‍👧‍👦',
  'text',
  '/',
  '/edit',
  '/delete',
  '/search 가',
  '/help',
  '/go 팀',
  '@j',
  'r',
  'e',
  'd',
  ' ',
  '\t',
  '\x1b',
];

const event: fc.Arbitrary<UiEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...chords).map((chord) => ({ kind: 'key', chord }) as const) },
  { weight: 3, arbitrary: fc.constantFrom(...texts).map((text) => ({ kind: 'text', text }) as const) },
  fc.constant({ kind: 'paste', text: 'one\ntwo 한글\n' } as const),
  fc.boolean().map((up) => ({ kind: 'wheel', up, row: 3, column: 3 }) as const),
  fc
    .record({ columns: fc.integer({ min: 1, max: 130 }), rows: fc.integer({ min: 1, max: 40 }) })
    .map((size) => ({ kind: 'resize', ...size }) as const),
  fc
    .constantFrom('m1', 'm9', 'none')
    .map((key) => ({ kind: 'click', target: { kind: 'message', key } }) as const),
  fc.constantFrom(...rooms).map(({ room }) => ({ kind: 'opened', room }) as const),
);

test('whatever keys come, the state holds together and the screen has its size', async () => {
  await fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let ui: Ui = { ...initialUi(80, 20, true), room: direct.room, listOnly: false };
      for (const each of events) {
        ({ ui } = update(ui, each, fakeWorld(rooms, ui.room)));
        const { text, cursor } = ui.composer;
        expect(cursor).toBeGreaterThanOrEqual(0);
        expect(cursor).toBeLessThanOrEqual(text.length);
        const screen = screenOf(ui, fakeWorld(rooms, ui.room));
        expect(screen.rows).toHaveLength(ui.rows);
        if (screen.cursor !== undefined) expect(screen.cursor.row).toBeLessThan(ui.rows);
      }
    }),
    { numRuns: 150 },
  );
});
