import type { Entity } from '../content.ts';
import { linksIn } from '../links.ts';
import { countCodePoints } from '../text.ts';
import { MARK_RULES, type MarkType, type Run, runAt, type Sign } from './marks.ts';

/** What a stretch of several lines says, and how: offsets in code points from its beginning. */
export interface ReadText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** A backslash before one of these makes it a character like any other. */
const ESCAPED = /[\\*_~|`]/;
/** Halves of a pair are of a letter or an emoji. */
const SAYS = /[\p{L}\p{N}\p{So}\ud800-\udfff]/u;
const RUN_CHARS = '*_~|';
/** What begins a line of another kind, with a backslash before it. */
const ESCAPED_BEGINNING = /^ {0,12}(?:\\[>-]|\d{1,3}\\[.)])/;
const BEGINNING_UNITS_MAX = 18;

/** A stretch between two pieces: from the one behind `open` up to `close`, which is not in it. */
interface Stretch {
  readonly type: MarkType | 'code';
  readonly open: number;
  readonly close: number;
}

/** A mark that waits for its other end: its place in the pieces, and the newest star among it and those before. */
interface Waiting {
  readonly sign: Sign;
  readonly piece: number;
  readonly star: Sign | undefined;
  /** How much was said before it. */
  readonly said: number;
}

/** Reads what stands within lines: bold, italic, strike, spoiler, code. One pass; each character is looked at a few times. */
export class InlineReader {
  /** How many steps reading took: what tests bound instead of time. */
  steps = 0;
  readonly #source: string;
  /** What is written, mark by mark; a mark that has found its other end becomes empty. */
  readonly #pieces: string[] = [];
  readonly #stretches: Stretch[] = [];
  /** And how many there are of each. */
  readonly #waiting: Waiting[] = [];
  readonly #count = new Map<Sign, number>();
  readonly #ticks: Ticks;
  #literal = '';
  #at = 0;
  /** Counts what says something: letters, digits, emoji. What has none of them is a face: *^^*. */
  #said = 0;

  constructor(source: string) {
    this.#source = source;
    this.#ticks = new Ticks(source);
  }

  read(): ReadText {
    const links = linksIn(this.#source);
    let link = 0;
    let lineStart = true;
    while (this.#at < this.#source.length) {
      this.steps++;
      const from = this.#at;
      while ((links[link]?.end ?? Number.POSITIVE_INFINITY) <= from) link++;
      const here = links[link];
      if (here?.start === from) this.#take(here.end);
      else if (!(lineStart && this.#escapedBeginning())) this.#character();
      lineStart = this.#source.charAt(this.#at - 1) === '\n';
    }
    this.#flush();
    this.steps += this.#ticks.steps;
    return this.#done();
  }

  #character(): void {
    const char = this.#source.charAt(this.#at);
    if (char === '\\' && ESCAPED.test(this.#source.charAt(this.#at + 1))) {
      this.#literal += this.#source.charAt(this.#at + 1);
      this.#at += 2;
    } else if (char === '`') this.#code();
    else if (RUN_CHARS.includes(char)) this.#run(char);
    else this.#take(this.#at + 1);
  }

  #take(end: number): void {
    const taken = this.#source.slice(this.#at, end);
    if (SAYS.test(taken)) this.#said++;
    this.#literal += taken;
    this.#at = end;
  }

  #escapedBeginning(): boolean {
    const start = this.#source.slice(this.#at, this.#at + BEGINNING_UNITS_MAX);
    const [beginning] = ESCAPED_BEGINNING.exec(start) ?? [];
    if (beginning === undefined) return false;
    this.#literal += beginning.replace('\\', '');
    this.#at += beginning.length;
    return true;
  }

  /** Between two runs of backticks of one length nothing means anything. */
  #code(): void {
    const end = this.#ticks.runEnd(this.#at);
    const close = this.#ticks.next(end, end - this.#at);
    const content = close === undefined ? '' : this.#source.slice(end, close);
    if (close === undefined || content.trim() === '') {
      this.#take(end);
      return;
    }
    this.#said++;
    this.steps += content.length;
    const open = this.#flush();
    // A space at both ends parts the code from its backticks where it begins or ends with one.
    this.#pieces.push(isPadded(content) ? content.slice(1, -1) : content);
    this.#stretches.push({ type: 'code', open, close: this.#pieces.length });
    this.#at = close + (end - this.#at);
  }

  #run(char: string): void {
    const from = this.#at;
    let to = from;
    while (this.#source.charAt(to) === char) to++;
    this.steps += to - from;
    const run = runAt(this.#source, from, to);
    if (run.signs.length === 0) {
      this.#take(to);
      return;
    }
    this.#flush();
    for (const sign of this.#inOrder(run)) this.#sign(sign, run);
    this.#at = to;
  }

  /** Three stars close first what was opened last. */
  #inOrder({ signs, closes }: Run): readonly Sign[] {
    if (signs.length < 2 || !closes) return signs;
    return this.#waiting.at(-1)?.star === '*' ? [...signs].reverse() : signs;
  }

  #sign(sign: Sign, { opens, closes }: Run): void {
    const waiting = this.#count.get(sign) ?? 0;
    if (closes && waiting > 0 && this.#close(sign)) return;
    if (opens) {
      const star = sign === '*' || sign === '**' ? sign : this.#waiting.at(-1)?.star;
      this.#waiting.push({ sign, piece: this.#pieces.length, star, said: this.#said });
      this.#count.set(sign, (this.#count.get(sign) ?? 0) + 1);
    }
    this.#pieces.push(sign);
  }

  /**
   * What was opened since then, and has found no end, stays as it is written: stretches lie within each other or apart.
   *
   * @returns whether anything lies between the two ends
   */
  #close(sign: Sign): boolean {
    if (sign !== '||' && this.#said === this.#waiting.at(-1)?.said) return false;
    for (let last = this.#waiting.pop(); last !== undefined; last = this.#waiting.pop()) {
      this.steps++;
      this.#count.set(last.sign, (this.#count.get(last.sign) ?? 1) - 1);
      if (last.sign !== sign) continue;
      this.#pieces[last.piece] = '';
      this.#stretches.push({ type: MARK_RULES[sign].type, open: last.piece, close: this.#pieces.length });
      return true;
    }
    return false;
  }

  /** @returns where the next piece will stand */
  #flush(): number {
    if (this.#literal !== '') this.#pieces.push(this.#literal);
    this.#literal = '';
    return this.#pieces.length;
  }

  #done(): ReadText {
    const starts = [0];
    for (const piece of this.#pieces) starts.push((starts.at(-1) ?? 0) + countCodePoints(piece));
    const entities = this.#stretches.map(({ type, open, close }) => {
      const offset = starts[open] ?? 0;
      return { type, offset, length: (starts[close] ?? 0) - offset };
    });
    return { text: this.#pieces.join(''), entities: entities.filter(({ length }) => length > 0) };
  }
}

/** Whether code has a space at both ends, and more than spaces between them. */
export function isPadded(code: string): boolean {
  return code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
}

/** The runs of backticks of a text, by their length. */
class Ticks {
  steps = 0;
  readonly #ends = new Map<number, number>();
  readonly #byLength = new Map<number, number[]>();
  readonly #passed = new Map<number, number>();
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
    for (const { 0: run, index } of source.matchAll(/`+/g)) {
      this.#ends.set(index, index + run.length);
      const starts = this.#byLength.get(run.length);
      if (starts === undefined) this.#byLength.set(run.length, [index]);
      else starts.push(index);
    }
  }

  /** The end of the run at `from`, the first of which may be escaped. */
  runEnd(from: number): number {
    const whole = this.#ends.get(from);
    if (whole !== undefined) return whole;
    let end = from;
    while (this.#source.charAt(end) === '`') end++;
    return end;
  }

  /** Where the next run of exactly this length begins, at or behind a place that never goes back. */
  next(from: number, length: number): number | undefined {
    const starts = this.#byLength.get(length) ?? [];
    let at = this.#passed.get(length) ?? 0;
    while (at < starts.length && (starts[at] ?? 0) < from) at++;
    this.steps += 1 + at - (this.#passed.get(length) ?? 0);
    this.#passed.set(length, at);
    return starts[at];
  }
}
