import { classAt } from '../char-class.ts';
import type { Entity } from '../content.ts';
import { linksIn } from '../links.ts';
import { unitsAt } from '../units.ts';
import { closingTicks, FENCE_TICKS_MAX } from './fences.ts';
import { isPadded } from './inline-reader.ts';

/** An entity in UTF-16 code units. */
interface Placed {
  readonly entity: Entity;
  readonly start: number;
  readonly end: number;
}

interface WrittenLine {
  text: string;
  /** Quotes it stands in. */
  depth: number;
  /** Nothing that it begins with is meant to be a mark of the whole line. */
  isPlain: boolean;
}

const MARKS = /[\\*_~|`]/g;
const BEGINNING = /^( {0,12})(?=[>-])|^( {0,12}\d{1,3})(?=[.)])/;
const SIGNS: Readonly<Partial<Record<Entity['type'], string>>> = { bold: '**', strike: '~~', spoiler: '||' };

/** Writes a text with its entities as markup, line by line. */
export class MarkupWriter {
  readonly #text: string;
  readonly #placed: readonly Placed[];
  readonly #escapes: boolean;
  readonly #lines: WrittenLine[] = [{ text: '', depth: 0, isPlain: true }];
  readonly #open: { readonly placed: Placed; readonly close: string }[] = [];
  #next = 0;

  /**
   * @param entities in order, the outer ones first; only of types that can be written
   * @param escapes whether what could be a mark gets a backslash
   */
  constructor(text: string, entities: readonly Entity[], escapes: boolean) {
    const ends = ({ offset, length }: Entity) => offset + length;
    const units = unitsAt(
      text,
      entities.flatMap((entity) => [entity.offset, ends(entity)]),
    );
    this.#text = text;
    this.#escapes = escapes;
    this.#placed = entities.map((entity) => ({
      entity,
      start: units.get(entity.offset) ?? 0,
      end: units.get(ends(entity)) ?? 0,
    }));
  }

  write(): string {
    // Where something begins within an address, what is written will not be one.
    const places = this.#placed.flatMap(({ start, end }) => [start, end]);
    const links = linksIn(this.#text).filter(
      ({ start, end }) => !places.some((place) => start < place && place < end),
    );
    const linkStarts = new Set(links.map(({ start }) => start));
    const stops = new Set(places);
    for (const { start, end } of links) stops.add(start).add(end);
    for (const { index } of this.#text.matchAll(/\n/g)) stops.add(index).add(index + 1);
    let at = 0;
    for (const stop of [...stops.add(0).add(this.#text.length)].sort((a, b) => a - b)) {
      if (stop > at) this.#piece(this.#text.slice(at, stop), linkStarts.has(at));
      at = stop;
      this.#closeAt(stop);
      this.#openAt(stop);
    }
    return this.#lines.map((line) => '> '.repeat(line.depth) + this.#beginning(line)).join('\n');
  }

  get #line(): WrittenLine {
    return this.#lines.at(-1) ?? this.#newLine();
  }

  #newLine(): WrittenLine {
    const line = { text: '', depth: this.#quotes(), isPlain: !this.#isVerbatim() };
    this.#lines.push(line);
    return line;
  }

  #piece(piece: string, isLink: boolean): void {
    if (piece === '\n') this.#newLine();
    else if (isLink || !this.#escapes || this.#isVerbatim()) this.#line.text += piece;
    else this.#line.text += piece.replace(MARKS, '\\$&');
  }

  #beginning({ text, isPlain }: WrittenLine): string {
    return isPlain && this.#escapes ? text.replace(BEGINNING, '$&\\') : text;
  }

  #openAt(at: number): void {
    for (let next = this.#placed[this.#next]; next?.start === at; next = this.#placed[this.#next]) {
      this.#next++;
      this.#open.push({ placed: next, close: this.#opened(next) });
    }
  }

  /** Writes how an entity begins. @returns how it ends */
  #opened(placed: Placed): string {
    const { entity, start, end } = placed;
    const content = this.#text.slice(start, end);
    switch (entity.type) {
      case 'quote':
        this.#line.depth++;
        return '';
      case 'list-item':
        this.#line.isPlain = false;
        return '';
      case 'code': {
        const ticks = '`'.repeat(unusedLength(content));
        const space = /^`|`$/.test(content) || isPadded(content) ? ' ' : '';
        this.#line.text += ticks + space;
        return space + ticks;
      }
      case 'pre': {
        const longest = Math.max(2, ...content.split('\n').map(closingTicks));
        const ticks = '`'.repeat(Math.min(FENCE_TICKS_MAX, longest + 1));
        if (this.#line.text !== '') this.#newLine();
        this.#line.text = `${ticks}${entity.language ?? ''}`;
        this.#lines.push({ text: '', depth: this.#quotes(), isPlain: false });
        return ticks;
      }
      default: {
        const sign = entity.type === 'italic' ? this.#italicSign(placed) : (SIGNS[entity.type] ?? '');
        this.#line.text += sign;
        return sign;
      }
    }
  }

  #closeAt(at: number): void {
    for (
      let last = this.#open.at(-1);
      last !== undefined && last.placed.end <= at;
      last = this.#open.at(-1)
    ) {
      this.#open.pop();
      if (last.placed.entity.type === 'pre') this.#newLine();
      this.#line.text += last.close;
    }
  }

  /** A star would join that of something bold; an underscore another one, and it does not end before a letter. */
  #italicSign(placed: Placed): string {
    const { end } = placed;
    // Between two stars it would be the mouth of a face.
    if (this.#line.text.endsWith('_') || this.#text.charAt(end - 1) === '*') return '*';
    const endsWithin = ['word', 'hangul', 'dense'].includes(classAt(this.#text, end));
    // What begins before this ends after it, and writes its sign behind it.
    const own = this.#placed.indexOf(placed);
    const isMarked = this.#placed.some((other, at) => other.start === end || (at < own && other.end === end));
    return endsWithin && !isMarked ? '*' : '_';
  }

  #quotes(): number {
    return this.#open.filter(({ placed }) => placed.entity.type === 'quote').length;
  }

  #isVerbatim(): boolean {
    const type = this.#open.at(-1)?.placed.entity.type;
    return type === 'code' || type === 'pre';
  }
}

/** The least number of backticks that do not stand together in a code. */
function unusedLength(code: string): number {
  const used = new Set((code.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (used.has(length)) length++;
  return length;
}
