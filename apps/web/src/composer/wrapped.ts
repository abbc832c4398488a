/** What makes what is chosen look otherwise. */
export const FORMATS = ['bold', 'italic', 'strike', 'code', 'spoiler'] as const;
export type Format = (typeof FORMATS)[number];

const MARKS: Readonly<Record<Format, string>> = {
  bold: '**',
  italic: '_',
  strike: '~~',
  code: '`',
  spoiler: '||',
};

/** A stretch of a text that is to be put in place of another, and what is chosen then, all in code units. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly chosenFrom: number;
  readonly chosenTo: number;
}

/** Puts marks around what is chosen, blanks at its edges apart, or takes them away where they are there already. */
export function wrapped(text: string, chosen: readonly [number, number], format: Format): Replacement {
  const mark = MARKS[format];
  const size = mark.length;
  const inside = text.slice(...chosen);
  const blanks = inside.length - inside.trimStart().length;
  const from = inside.trim() === '' ? chosen[0] : chosen[0] + blanks;
  const to = inside.trim() === '' ? chosen[1] : from + inside.trim().length;
  const core = text.slice(from, to);
  if (text.slice(from - size, from) === mark && text.slice(to, to + size) === mark && from >= size) {
    return { from: from - size, to: to + size, text: core, chosenFrom: from - size, chosenTo: to - size };
  }
  if (core.length >= 2 * size && core.startsWith(mark) && core.endsWith(mark)) {
    const bare = core.slice(size, -size);
    return { from, to, text: bare, chosenFrom: from, chosenTo: from + bare.length };
  }
  return { from, to, text: mark + core + mark, chosenFrom: from + size, chosenTo: to + size };
}

/** The format that a key stands for, with Ctrl or ⌘ held. */
export function formatOfKey({
  key,
  ctrlKey,
  metaKey,
  shiftKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): Format | undefined {
  if ((!ctrlKey && !metaKey) || altKey) return undefined;
  const low = key.toLowerCase();
  if (shiftKey) return low === 'x' ? 'strike' : low === 'p' ? 'spoiler' : undefined;
  return low === 'b' ? 'bold' : low === 'i' ? 'italic' : low === 'e' ? 'code' : undefined;
}
