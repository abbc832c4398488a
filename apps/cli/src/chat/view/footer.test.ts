import { describe, expect, test } from 'bun:test';
import { initialUi, type Ui } from '../state/ui.ts';
import { fakeWorld, groupRoom, jun, message } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';
import type { Language } from '../texts/language.ts';
import { screenOf } from './screen.ts';

const QUOTE = 'buy these watches, thirty char';
const team = groupRoom('team', { messages: [message(1, jun.user, 'one')] });

function rows(more: Partial<Ui>, columns: number, language: Language = 'en', height = 24): string[] {
  const world = fakeWorld([team], team.room, language);
  const ui: Ui = { ...initialUi(columns, height, true), room: team.room, listOnly: false, ...more };
  return screenOf(ui, world).rows.map((row) =>
    row
      .map(({ text }) => text)
      .join('')
      .replace(/^.*│/, '')
      .trim(),
  );
}

/** What is said above the composer and in the last line, put together. */
const below = (shown: readonly string[]) => shown.slice(-8).join(' ');

describe.each([
  [80, 'en', 'Enter: yes · Esc: no'],
  [40, 'en', 'Enter: yes · Esc: no'],
  [80, 'ko', 'Enter: 예 · Esc: 아니요'],
  [40, 'ko', 'Enter: 예 · Esc: 아니요'],
] as const)('in %i columns (%s)', (columns, language, keys) => {
  const { texts } = fakeWorld([team], team.room, language);

  test('a question is there whole, with the keys that answer it', () => {
    const question = texts.askBlockReport('준', QUOTE);
    const shown = rows({ confirm: { question, effect: { kind: 'quit' } } }, columns, language);
    expect(shown.at(-1)).toBe(keys);
    expect(below(shown).replace(/[─\s]/g, '')).toContain(question.replace(/\s/g, ''));
  });

  test('what is said is there whole, and the message that it is about, too', () => {
    const text = texts.linkIncomplete;
    const shown = rows({ notice: { tone: 'warning', text } }, columns, language);
    expect(below(shown).replace(/[─\s]/g, '')).toContain(text.replace(/\s/g, ''));
    expect(shown.join(' ')).toContain('one');
  });

  test('a short question stands in the last line', () => {
    const question = texts.askLeave('A');
    const shown = rows({ confirm: { question, effect: { kind: 'quit' } } }, columns + 8, language);
    expect(shown.at(-1)?.replace(/\s+/g, ' ')).toBe(`${question} ${keys}`);
  });
});

test('where hints have no room, how to get out is said last of all', () => {
  expect(rows({ selected: 'm1' }, 80).at(-1)).toMatch(/^↑↓ choose · .* · Esc back$/);
  expect(rows({ selected: 'm1' }, 24).at(-1)).toBe('↑↓ choose · Esc back');
  const name = 'a name that is longer than there is room for in a line';
  const shown = rows({ purpose: { kind: 'reply', seq: 1 as never, name } }, 40).at(-1);
  expect(shown).toMatch(/^Answering a name.*… · Esc cancels$/);
});

test('a panel says by which keys it is paged', () => {
  const panel = { kind: 'text', title: 'x', text: 'y\n'.repeat(99), scroll: 0 } as const;
  expect(rows({ panel }, 80).at(-1)).toBe('↑↓ PgUp PgDn scroll · Esc closes');
  const paged = new Sitting(fakeWorld([team])).does({ kind: 'panel', panel }, 'pagedown');
  expect(paged.ui.panel?.scroll).toBeGreaterThan(5);
});

describe('a link in a panel', () => {
  const code = '01h455vb4pex5vsknk084sn02x'.repeat(2);
  const link = `http://127.0.0.1:8787/#join=${code}`;
  const panel = {
    kind: 'links',
    title: 'A link',
    text: `${link}\n\nWho has it writes /join LINK.`,
    parted: 'It goes on in the next row.',
    scroll: 0,
  } as const;

  test('has a row of its own of the whole screen where it fits, beside nothing', () => {
    const shown = rows({ panel }, 80);
    expect(shown).toContain(link);
    expect(shown.join(' ')).not.toContain('It goes on');
    expect(shown.join(' ')).toContain('Who has it writes');
  });

  test('is parted as little as can be where it does not, and that is said', () => {
    const shown = rows({ panel }, 40);
    const at = shown.findIndex((row) => row.startsWith('http'));
    expect(shown.slice(at, at + 2).join('')).toBe(link);
    expect(shown[at + 2]).toBe('It goes on in the next row.');
  });

  test.each([
    link,
    `${link.slice(0, 40)}\n${link.slice(40)}`,
    `${link.slice(0, 79)} ${link.slice(79)}`,
    code,
  ])('[LINK1] is taken whole, also with the breaks of a screen: %j', (given) => {
    const sat = new Sitting(fakeWorld([team])).does({ kind: 'paste', text: `/join ${given}` });
    expect(sat.does('escape', 'enter').effects).toEqual([{ kind: 'join', code: code as never }]);
  });

  test.each([link.slice(0, 57), link.slice(0, 20), code.slice(20)])('is said to be cut: %s', (given) => {
    const sat = new Sitting(fakeWorld([team])).does({ kind: 'paste', text: `/join ${given}` });
    sat.does('escape', 'enter');
    expect([sat.effects, sat.ui.notice?.text]).toEqual([[], sat.world.texts.linkIncomplete]);
  });

  test('the name of a channel is none', () => {
    const sat = new Sitting(fakeWorld([team])).writes('/join news of the day 2026').does('escape', 'enter');
    expect(sat.effects).toEqual([{ kind: 'join-channel', name: 'news of the day 2026' }]);
  });
});
