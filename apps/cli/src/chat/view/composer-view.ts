import { composerRows } from '../composer/composer.ts';
import { isReadOnly } from '../state/channel-commands.ts';
import type { Ui } from '../state/ui.ts';
import { outText, type World } from '../state/world.ts';
import { composerColumns, PROMPT_COLUMNS } from './layout.ts';
import { type Line, span } from './span.ts';

export interface ComposerView {
  readonly lines: readonly Line[];
  /** The cursor in them. */
  readonly row: number;
  readonly column: number;
}

/** Where nothing is written: that one may, or why not. */
function hintOf(world: World): string {
  const { room, texts } = world;
  const out = room && outText(room, world);
  return out ?? (isReadOnly(room) ? texts.readOnly : texts.placeholder);
}

/** What is being written: so many rows of it, those around the cursor. */
export function composerView(ui: Ui, world: World, width: number, height: number): ComposerView {
  const { composer, purpose } = ui;
  const { rows, row, column } = composerRows(composer, composerColumns(width));
  const first = Math.max(0, Math.min(row - height + 1, rows.length - height));
  const prompt = purpose.kind === 'edit' ? '✎ ' : purpose.kind === 'reply' ? '↳ ' : '> ';
  const hint = hintOf(world);
  const lines = rows.slice(first, first + height).map((each, index): Line => {
    const sign = index + first === 0 ? span(prompt, 'accent') : span('  ');
    if (composer.text === '') return [sign, span(hint, 'dim')];
    return [sign, span(each.text)];
  });
  return { lines, row: row - first, column: PROMPT_COLUMNS + column };
}
