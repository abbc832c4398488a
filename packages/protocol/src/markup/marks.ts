/** The marks that make a stretch within a line bold, and so on. */
import { type CharClass, classAt, classBefore } from '../char-class.ts';

export type MarkType = 'bold' | 'italic' | 'strike' | 'spoiler';

/** A mark as it is written, at both ends. */
export type Sign = '**' | '*' | '_' | '~~' | '||';

interface MarkRule {
  readonly type: MarkType;
  /** Letters behind which it may open. Behind a mark that closes, Korean, Chinese and Japanese letters may always stand. */
  readonly opensBehind: readonly CharClass[];
}

/**
 * A mark stands at the edge of a word. Names are masked with a star (김*수), and words end with tildes (네~~), so that
 * Hangul counts as a word before those; only what nobody writes within words may open there. An underscore joins names
 * of files in every script, and never ends within a word.
 */
export const MARK_RULES: Readonly<Record<Sign, MarkRule>> = {
  '**': { type: 'bold', opensBehind: ['dense'] },
  '*': { type: 'italic', opensBehind: [] },
  _: { type: 'italic', opensBehind: [] },
  '~~': { type: 'strike', opensBehind: [] },
  '||': { type: 'spoiler', opensBehind: ['dense', 'hangul'] },
};

const LETTERS: readonly CharClass[] = ['word', 'hangul', 'dense'];
const NOTHING: readonly CharClass[] = ['edge', 'space'];
/**
 * Faces are drawn with marks: ^_^ -_- >_< (*_*). A mark of one character between two of the same is a mouth, and it opens
 * nothing behind an eye, nor before what ends something, and closes nothing behind what begins it.
 */
const NOT_OPEN_BEHIND = /[\^<>]/;
const NOT_OPEN_BEFORE = /[)\]},.!?:;]/;
const NOT_CLOSED_BEHIND = /[([{]/;

/** A run of one character that may be a mark, or two: three stars are both. */
export interface Run {
  readonly signs: readonly Sign[];
  readonly opens: boolean;
  readonly closes: boolean;
}

/** The run of mark characters at `from`–`to`; without signs where it is none. */
export function runAt(text: string, from: number, to: number): Run {
  const signs = signsOf(text.slice(from, to));
  const [sign] = signs;
  if (sign === undefined) return { signs, opens: false, closes: false };
  const before = classBefore(text, from);
  const after = classAt(text, to);
  const { opensBehind } = MARK_RULES[sign];
  const endsWithin = sign === '_' ? LETTERS.includes(after) : after === 'word';
  const mayOpen = !NOTHING.includes(after) && (!LETTERS.includes(before) || opensBehind.includes(before));
  const mayClose = !NOTHING.includes(before) && !endsWithin;
  if (!signs.some(({ length }) => length === 1)) return { signs, opens: mayOpen, closes: mayClose };
  const [left, right] = [text.charAt(from - 1), text.charAt(to)];
  // Of backslashes the second one is about what follows.
  const isMouth = left === right && left !== '' && left !== '\\' && !LETTERS.includes(before);
  return {
    signs: isMouth ? [] : signs,
    opens: mayOpen && !NOT_OPEN_BEHIND.test(left) && !NOT_OPEN_BEFORE.test(right),
    closes: mayClose && !NOT_CLOSED_BEHIND.test(left),
  };
}

function signsOf(run: string): readonly Sign[] {
  if (run === '***') return ['**', '*'];
  return run in MARK_RULES ? [run as Sign] : [];
}
