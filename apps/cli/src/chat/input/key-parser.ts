import { decodeSequence } from './decode-sequence.ts';
import { chordOf, type Input } from './input.ts';

const ESCAPE = '\x1b';
const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = '\x1b[201~';
/** Characters of one paste that are kept: a message has 100,000. */
const PASTE_UNITS_MAX = 1_000_000;
/** A sequence longer than this is none: what is there is thrown away. */
const SEQUENCE_UNITS_MAX = 64;

const SEQUENCE = new RegExp(`^${ESCAPE}(?:\\[[ -?]*[@-~]|O[@-~])`);
const SEQUENCE_BEGUN = new RegExp(`^${ESCAPE}(?:\\[[ -?]*|O)$`);

const NAMES: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  // Some terminals send this for Backspace itself.
  '\b': 'backspace',
  // Enter is CR, so LF is a key of its own everywhere: a new line.
  '\n': 'ctrl+j',
  '\0': 'ctrl+space',
};

/**
 * Makes keys of what a terminal sends: legacy keys of xterm and its likes, kitty's protocol, bracketed paste, SGR mouse,
 * focus. Input may be cut anywhere; what is not whole waits for the rest.
 */
export class KeyParser {
  #rest = '';
  #pasting = false;
  #pasted = '';

  /** Whether an escape waits: alone it is the Escape key, and time tells. */
  get waiting(): boolean {
    return this.#rest !== '' && !this.#pasting;
  }

  feed(text: string): Input[] {
    const found: Input[] = [];
    let rest = this.#rest + text;
    for (;;) {
      if (!this.#pasting && rest.startsWith(PASTE_BEGIN)) {
        this.#pasting = true;
        rest = rest.slice(PASTE_BEGIN.length);
      }
      const taken = this.#pasting ? this.#takePaste(rest, found) : takeOne(rest, found);
      if (taken === 0) break;
      rest = rest.slice(taken);
    }
    this.#rest = rest;
    return joined(found);
  }

  /** Nothing followed: what waits is as it is. */
  flush(): Input[] {
    if (!this.waiting) return [];
    const rest = this.#rest;
    this.#rest = '';
    if (rest === ESCAPE) return [{ kind: 'key', chord: 'escape' }];
    // The start of a sequence, typed: Alt and a bracket.
    const second = rest.charAt(1);
    return rest.length === 2 ? [{ kind: 'key', chord: `alt+${second}` }] : [];
  }

  #takePaste(rest: string, found: Input[]): number {
    const end = rest.indexOf(PASTE_END);
    // The end itself may be cut: its first part stays.
    const upTo = end === -1 ? Math.max(0, rest.length - PASTE_END.length + 1) : end;
    if (this.#pasted.length < PASTE_UNITS_MAX) this.#pasted += rest.slice(0, upTo);
    if (end === -1) return upTo;
    this.#pasting = false;
    const text = this.#pasted.slice(0, PASTE_UNITS_MAX).replace(/\r\n?/g, '\n').toWellFormed();
    this.#pasted = '';
    found.push({ kind: 'paste', text });
    return end + PASTE_END.length;
  }
}

/** Takes one key from the beginning, and says how long it was; 0: it is not whole. */
function takeOne(rest: string, found: Input[]): number {
  const first = rest.charAt(0);
  if (first === '') return 0;
  if (first === ESCAPE) return takeEscape(rest, found);
  if (first < ' ' || first === '\x7f') {
    found.push({ kind: 'key', chord: controlChord(first) });
    return 1;
  }
  const text = /^[^\p{Cc}]+/u.exec(rest)?.[0] ?? first;
  // C1 controls are no text.
  if (!/^\p{Cc}/u.test(text)) found.push({ kind: 'text', text });
  return text.length;
}

function controlChord(character: string): string {
  const name = NAMES[character];
  if (name !== undefined) return name;
  return `ctrl+${String.fromCharCode(character.charCodeAt(0) + 0x60)}`;
}

function takeEscape(rest: string, found: Input[]): number {
  const second = rest.charAt(1);
  if (second === '') return 0;
  if (second === '[' || second === 'O') return takeSequence(rest, found);
  // Two in a row: the first was a key, or Alt was held with a key that sends a sequence.
  if (second === ESCAPE) {
    found.push({ kind: 'key', chord: 'escape' });
    return 1;
  }
  const [character = ''] = rest.slice(1);
  if (/^\p{Cc}$/u.test(character)) {
    const chord = controlChord(character);
    found.push({
      kind: 'key',
      chord: chord.startsWith('ctrl+') ? `ctrl+alt+${chord.slice(5)}` : `alt+${chord}`,
    });
  } else {
    const lower = character.toLowerCase();
    const shift = lower !== character;
    found.push({ kind: 'key', chord: chordOf(lower, { ctrl: false, alt: true, shift }) });
  }
  return 1 + character.length;
}

/** CSI and SS3 (ECMA-48 §5.4): parameters, then one final character. */
function takeSequence(rest: string, found: Input[]): number {
  const whole = SEQUENCE.exec(rest)?.[0];
  if (whole === undefined) {
    const cut = SEQUENCE_BEGUN.test(rest) && rest.length < SEQUENCE_UNITS_MAX;
    return cut ? 0 : 2;
  }
  const input = decodeSequence(whole);
  if (input !== undefined) found.push(input);
  return whole.length;
}

/** Texts that came in pieces are one. */
function joined(inputs: readonly Input[]): Input[] {
  const all: Input[] = [];
  for (const input of inputs) {
    const last = all.at(-1);
    if (input.kind === 'text' && last?.kind === 'text')
      all[all.length - 1] = { kind: 'text', text: last.text + input.text };
    else all.push(input);
  }
  return all;
}
