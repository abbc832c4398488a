import { chordOf, type Input } from './input.ts';

/** By the final character: `CSI A` and the like, with parameters `1;MODIFIERS`. */
const BY_FINAL: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  M: 'enter',
};

/** By number: `CSI 5 ~`. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  '1': 'home',
  '2': 'insert',
  '3': 'delete',
  '4': 'end',
  '5': 'pageup',
  '6': 'pagedown',
  '7': 'home',
  '8': 'end',
  '11': 'f1',
  '12': 'f2',
  '13': 'f3',
  '14': 'f4',
};

/** Keys that have a code point as their number: kitty's protocol, and xterm's modifyOtherKeys. */
const BY_CODE: Readonly<Record<number, string>> = {
  9: 'tab',
  13: 'enter',
  27: 'escape',
  32: 'space',
  127: 'backspace',
  // The number pad's Enter (kitty).
  57414: 'enter',
};

const SHIFT = 1;
const ALT = 2;
const CTRL = 4;
/** Bits of the number of a mouse's button. */
const WHEEL = 64;
const MOVED = 32;

/** What one whole control sequence says; `undefined`: nothing that is known. */
export function decodeSequence(sequence: string): Input | undefined {
  if (sequence === '\x1b[I') return { kind: 'focus', focused: true };
  if (sequence === '\x1b[O') return { kind: 'focus', focused: false };
  if (sequence === '\x1b[Z') return { kind: 'key', chord: 'shift+tab' };
  const final = sequence.at(-1) ?? '';
  const parameters = sequence.slice(2, -1);
  if (parameters.startsWith('<')) return mouse(parameters.slice(1), final);
  const [first = '', modifiers = '1', third = ''] = parameters.split(';');
  if (final === 'u') return coded(first, modifiers);
  if (final === '~' && first === '27') return coded(third, modifiers);
  const name = final === '~' ? BY_NUMBER[first] : BY_FINAL[final];
  return name === undefined ? undefined : { kind: 'key', chord: chordOf(name, held(modifiers)) };
}

/** `CODE:SHIFTED:BASE;MODIFIERS`: the base is the key's place on the keyboard, whatever the layout (Hangul, Cyrillic). */
function coded(codes: string, modifiers: string): Input | undefined {
  const [given = '', , base = ''] = codes.split(':');
  const { ctrl, alt, shift } = held(modifiers);
  const code = Number((ctrl || alt) && base !== '' ? base : given);
  if (!Number.isInteger(code) || code < 1 || code > 0x10ffff) return undefined;
  const named = BY_CODE[code];
  // Kitty numbers keys without a text in a private area of Unicode.
  if (named === undefined && code >= 0xe000 && code <= 0xf8ff) return undefined;
  const character = named ?? String.fromCodePoint(code);
  if (named === 'space' && !ctrl && !alt) return { kind: 'text', text: ' ' };
  if (named === undefined && !ctrl && !alt)
    return { kind: 'text', text: shift ? character.toUpperCase() : character };
  return { kind: 'key', chord: chordOf(character.toLowerCase(), { ctrl, alt, shift }) };
}

function held(modifiers: string): { ctrl: boolean; alt: boolean; shift: boolean } {
  // A colon separates the kind of event.
  const bits = Math.max(0, Number.parseInt(modifiers, 10) - 1) || 0;
  return { ctrl: (bits & CTRL) !== 0, alt: (bits & ALT) !== 0, shift: (bits & SHIFT) !== 0 };
}

/** SGR mouse (xterm, mode 1006): `BUTTON;COLUMN;ROW`, `M` pressed, `m` let go. */
function mouse(parameters: string, final: string): Input | undefined {
  const [button = Number.NaN, column = 0, row = 0] = parameters.split(';').map(Number);
  const at = { row: row - 1, column: column - 1 };
  if (final !== 'M' || (button & MOVED) !== 0) return undefined;
  if ((button & WHEEL) !== 0) {
    const direction = button & 3;
    return direction > 1 ? undefined : { kind: 'wheel', up: direction === 0, ...at };
  }
  return (button & 3) === 0 ? { kind: 'press', ...at } : undefined;
}
