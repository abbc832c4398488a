import type { Font, Style } from '../view/span.ts';

/** `sixteen`: the terminal's own colours, which its owner has chosen to be read. `none`: weight and light only. */
export type Colours = 'sixteen' | 'none';

/** SGR parameters (ECMA-48 §8.3.117) of each style. */
const SIXTEEN: Readonly<Record<Style, string>> = {
  plain: '',
  dim: '2',
  strong: '1',
  title: '1',
  accent: '36',
  good: '32',
  warning: '33',
  bad: '31',
  match: '30;43',
  code: '35',
  name0: '1;36',
  name1: '1;32',
  name2: '1;33',
  name3: '1;35',
  name4: '1;34',
  name5: '1;31',
};

const NONE: Readonly<Record<Style, string>> = {
  plain: '',
  dim: '',
  strong: '1',
  title: '1',
  accent: '1',
  good: '1',
  warning: '1',
  bad: '1',
  match: '7',
  code: '2',
  name0: '1',
  name1: '1',
  name2: '1',
  name3: '1',
  name4: '1',
  name5: '1',
};

/** What the terminal is told to colour. https://no-color.org: set and not empty means none. */
export function coloursOf(environment: Readonly<Record<string, string | undefined>>): Colours {
  const { NO_COLOR: none, TERM: terminal = '' } = environment;
  if (none !== undefined && none !== '') return 'none';
  return /^(vt\d|dumb|.*-m(ono)?$)/.test(terminal) ? 'none' : 'sixteen';
}

/** The parameters for a style and a font, `''` for what needs none. */
export function sgrOf(colours: Colours, style: Style, reverse: boolean, font: Font = {}): string {
  const own = (colours === 'none' ? NONE : SIXTEEN)[style];
  // A dim text on a lit row can't be read on many terminals.
  const colour = reverse && own === '2' ? '' : own;
  const codes = [
    colour,
    ...(font.bold === true && colour !== '1' ? ['1'] : []),
    ...(font.italic === true ? ['3'] : []),
    ...(font.underline === true ? ['4'] : []),
    ...(reverse ? ['7'] : []),
    ...(font.strike === true ? ['9'] : []),
  ];
  return codes.filter((code) => code !== '').join(';');
}
