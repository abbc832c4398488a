import { describe, expect, test } from 'bun:test';
import { KEYS } from '../state/press-key.ts';
import { SLASH_COMMANDS, usageOf } from '../state/slash-commands.ts';
import { CHOICES } from '../state/update.ts';
import { directRoom, fakeWorld, jun, message } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';
import { helpText } from './help-text.ts';

const NAMES: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  escape: 'Esc',
};

/** A key as people know it: `Alt+↑`. */
function shown(chord: string): string {
  const parts = chord.split('+').map((part) => NAMES[part] ?? part.charAt(0).toUpperCase() + part.slice(1));
  return parts.join('+');
}

describe.each(['en', 'ko'] as const)('the help (%s)', (language) => {
  const text = helpText(language);
  const lines = text.split('\n');
  const words = new Set(text.split(/[^\w+@?↑↓]+/));

  test('has every command, whole, with what it does', () => {
    for (const command of SLASH_COMMANDS) {
      const usage = usageOf(command, language);
      const line = lines.find((each) => each.startsWith(`${usage} `));
      expect([usage, line]).toEqual([usage, expect.stringContaining(command.does[language])]);
    }
  });

  test('speaks of a group only where channels have no such command', () => {
    const named = SLASH_COMMANDS.filter(({ does }) => /group|그룹/.test(does[language]));
    expect(named.map(({ name }) => name)).toEqual(['group', 'add']);
  });

  test('has every key, but for those of a shell', () => {
    const keys = Object.keys(KEYS).filter((chord) => !chord.startsWith('choice+'));
    const more = ['?', 'F3', 'Ctrl+J', 'Ctrl+P', 'Ctrl+N', '@all'];
    for (const key of [...keys.map(shown), ...more]) expect([key, words.has(key)]).toEqual([key, true]);
  });

  test('has every letter at a chosen message', () => {
    const choosing = lines.find((line) => line.includes('1–6')) ?? '';
    for (const letter of Object.keys(CHOICES).filter((each) => /[a-z]/.test(each)))
      expect(choosing).toMatch(new RegExp(`[ :,] ?${letter} `));
    expect(choosing).toContain('Enter');
  });
});

describe('?', () => {
  const room = directRoom({ messages: [message(1, jun.user, 'hello')] });
  const sitting = () => new Sitting(fakeWorld([room]));

  test('with nothing written opens the help, and a second one is written', () => {
    const sat = sitting().writes('?');
    expect([sat.ui.panel?.kind, sat.ui.composer.text]).toEqual(['help', '']);
    expect(sat.writes('?').ui).toMatchObject({ panel: undefined, composer: { text: '?' } });
    expect(sat.does('enter').effects).toEqual([{ kind: 'send', room: room.room, text: '?' }]);
  });

  test('is a letter behind others, where it is pasted, and in an answer', () => {
    expect(sitting().writes('why').writes('?').ui).toMatchObject({
      panel: undefined,
      composer: { text: 'why?' },
    });
    expect(sitting().does({ kind: 'paste', text: '?' }).ui.composer.text).toBe('?');
    expect(sitting().does('up').writes('r').writes('?').ui.composer.text).toBe('?');
  });
});
