import type { Entity } from '../content.ts';
import { MARKUP_ENTITIES_MAX, QUOTE_DEPTH_MAX } from '../limits.ts';
import { countCodePoints } from '../text.ts';
import { closingTicks, FenceEnds, fenceOpening } from './fences.ts';
import { InlineReader, type ReadText } from './inline-reader.ts';
import { listMarker } from './list-marker.ts';
import { tidy } from './tidy.ts';

/**
 * What somebody wrote, as a text and what it looks like: `**bold**`, `*italic*` or `_italic_`, `~~strike~~`,
 * `||spoiler||`, `` `code` ``; lines that begin with `> ` (quote), `- ` or `1. ` (list); code of several lines between two
 * of ```` ``` ````, the first of which may name its language. A backslash takes a mark its meaning. Nothing is ever HTML,
 * and what is no markup stays as it is. Takes time in proportion to the length, whatever is written.
 */
export function parseMarkup(written: string): ReadText {
  const reader = new BlockReader();
  reader.read(written.split('\n'), 0);
  return reader.done();
}

const QUOTED = /^>(?: |\r?$)/;

/** Reads lines, block by block. Exported for the tests that count its steps. */
export class BlockReader {
  /** How many steps reading took: what tests bound instead of time. */
  steps = 0;
  #text = '';
  #length = 0;
  readonly #entities: Entity[] = [];

  /** @param depth how many quotes these lines stand in */
  read(lines: readonly string[], depth: number): void {
    const ends = new FenceEnds(lines);
    let at = 0;
    while (at < lines.length) {
      if (at > 0) this.#say('\n');
      at = this.#block(lines, at, ends, depth);
    }
    this.steps += lines.length + ends.steps;
  }

  done(): ReadText {
    return { text: this.#text, entities: tidy(this.#entities) };
  }

  /** @returns the line behind the block */
  #block(lines: readonly string[], at: number, ends: FenceEnds, depth: number): number {
    const line = lines[at] ?? '';
    if (this.#entities.length >= MARKUP_ENTITIES_MAX) {
      // More than a message may have: from here on it is shown as it was written.
      this.#say(lines.slice(at).join('\n'));
      return lines.length;
    }
    const fence = fenceOpening(line);
    const close = fence && ends.next(at + 1, fence.ticks);
    if (fence !== undefined && close !== undefined && this.#fence(lines, at, close, fence.language))
      return close + 1;
    if (depth < QUOTE_DEPTH_MAX && QUOTED.test(line)) {
      let end = at;
      while (end < lines.length && QUOTED.test(lines[end] ?? '')) end++;
      this.steps += end - at;
      this.#quote(lines.slice(at, end), depth);
      return end;
    }
    const marker = listMarker(line);
    if (marker !== '') {
      const start = this.#length;
      this.#say(marker);
      this.#inline(line.slice(marker.length));
      this.#mark({ type: 'list-item', offset: start, length: this.#length - start });
      return at + 1;
    }
    let end = at + 1;
    while (end < lines.length && goesOn(lines[end] ?? '', depth)) end++;
    this.steps += end - at;
    this.#inline(lines.slice(at, end).join('\n'));
    return end;
  }

  /** @returns whether there is any code between these lines */
  #fence(lines: readonly string[], open: number, close: number, language: string | undefined): boolean {
    const closing = (lines[close] ?? '').trimEnd();
    const last = closing.slice(0, closing.length - closingTicks(closing));
    const code = [...lines.slice(open + 1, close), ...(last === '' ? [] : [last])].join('\n');
    if (code.trim() === '') return false;
    const offset = this.#length;
    this.#say(code);
    const length = this.#length - offset;
    this.#mark({ type: 'pre', offset, length, ...(language !== undefined && { language }) });
    return true;
  }

  #quote(lines: readonly string[], depth: number): void {
    const said = lines.map((line) => line.replace(/^> ?/, ''));
    if (said.every((line) => line.trim() === '')) {
      this.#say(lines.join('\n'));
      return;
    }
    const offset = this.#length;
    this.read(said, depth + 1);
    this.#mark({ type: 'quote', offset, length: this.#length - offset });
  }

  #inline(source: string): void {
    const reader = new InlineReader(source);
    const read = reader.read();
    this.steps += reader.steps;
    const offset = this.#length;
    if (this.#entities.length + read.entities.length > MARKUP_ENTITIES_MAX) {
      this.#say(source);
      return;
    }
    this.#say(read.text);
    for (const entity of read.entities) this.#mark({ ...entity, offset: offset + entity.offset });
  }

  #say(text: string): void {
    this.#text += text;
    this.#length += countCodePoints(text);
  }

  #mark(entity: Entity): void {
    this.#entities.push(entity);
  }
}

/** Whether a line belongs to the paragraph of the one before it. */
function goesOn(line: string, depth: number): boolean {
  if (line.trim() === '' || listMarker(line) !== '') return false;
  return fenceOpening(line) === undefined && !(depth < QUOTE_DEPTH_MAX && QUOTED.test(line));
}
