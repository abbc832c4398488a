/** Backticks of a fence: more are no fence. */
export const FENCE_TICKS_MAX = 8;
const TICKS = /^`{3,8}(?!`)/;
const LANGUAGE = /^[\w+#.-]{0,32}$/;

/** What a line that opens code of several lines says of it. */
export interface Fence {
  readonly ticks: number;
  readonly language: string | undefined;
}

export function fenceOpening(line: string): Fence | undefined {
  const [ticks] = TICKS.exec(line) ?? [];
  if (ticks === undefined) return undefined;
  const rest = line.slice(ticks.length).trim();
  return LANGUAGE.test(rest) ? { ticks: ticks.length, language: rest === '' ? undefined : rest } : undefined;
}

/** How many backticks a line ends with, but for what nobody sees: so many or fewer close what was opened. */
export function closingTicks(line: string): number {
  let end = line.length;
  while (end > 0 && /[ \t\r]/.test(line.charAt(end - 1))) end--;
  let ticks = 0;
  while (ticks < end && line.charAt(end - ticks - 1) === '`') ticks++;
  return ticks;
}

/** Which lines close a fence. Asked for rising lines, so that all questions together cost one pass for each length. */
export class FenceEnds {
  readonly #ticks: readonly number[];
  readonly #from = new Map<number, number>();
  /** Lines looked at by questions. */
  steps = 0;

  constructor(lines: readonly string[]) {
    this.#ticks = lines.map(closingTicks);
  }

  /** The first line from `line` on that closes so many backticks. */
  next(line: number, ticks: number): number | undefined {
    let at = Math.max(line, this.#from.get(ticks) ?? 0);
    while (at < this.#ticks.length && (this.#ticks[at] ?? 0) < ticks) at++;
    this.steps += 1 + at - Math.max(line, this.#from.get(ticks) ?? 0);
    this.#from.set(ticks, at);
    return at < this.#ticks.length ? at : undefined;
  }
}
