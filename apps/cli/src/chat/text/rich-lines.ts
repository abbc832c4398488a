import { type Entity, linksIn, listMarker, shownHost, unitsAt } from '@maru/protocol';
import type { Font, Span, Style } from '../view/span.ts';
import { widthOf } from './clusters.ts';
import { shownInline } from './shown-text.ts';

/** One line of a text as it is to look, not yet broken into rows. */
export interface RichLine {
  readonly spans: readonly Span[];
  /** Quotes it stands in. */
  readonly quotes: number;
  readonly isCode: boolean;
  /** Columns of a list's mark: what is broken goes on behind them. */
  readonly hang: number;
}

export interface RichOptions {
  /** How what is not said to look otherwise looks. */
  readonly base: Style;
  /** What stands for a spoiler; as wide as it is, and so many lines, where it is one character; `undefined`: it is shown. */
  readonly spoiler: string | undefined;
  /** Lines wanted: of a longer text no more is looked at. */
  readonly linesMax: number;
}

/** An entity, or a link that was found, in UTF-16 code units. */
interface Place {
  readonly entity: Entity;
  readonly start: number;
  readonly end: number;
}

const LINE_ENDS = /\r\n|[\n\r\u2028\u2029]/g;

/** A text with its entities, line by line, as a terminal may show it: nothing in it commands. */
export function richLines(text: string, entities: readonly Entity[], options: RichOptions): RichLine[] {
  const places = placesOf(text, entities).sort((a, b) => a.start - b.start);
  const lines: RichLine[] = [];
  // Those that lie in a line or may lie in the next: not all are looked at for each line.
  let near: Place[] = [];
  let next = 0;
  const add = (start: number, end: number) => {
    near = near.filter((place) => start < place.end);
    for (let place = places[next]; place !== undefined && place.start <= end; place = places[++next]) {
      near.push(place);
    }
    lines.push(richLine(text, start, end, near, options));
  };
  let start = 0;
  for (const { index, 0: end } of text.matchAll(LINE_ENDS)) {
    add(start, index);
    start = index + end.length;
    if (lines.length === options.linesMax) return lines;
  }
  add(start, text.length);
  return lines;
}

/** What the entities say, and the links that nobody has to say. */
function placesOf(text: string, entities: readonly Entity[]): Place[] {
  const units = unitsAt(
    text,
    entities.flatMap(({ offset, length }) => [offset, offset + length]),
  );
  const told = entities.map((entity): Place => {
    const [start = 0, end = 0] = [units.get(entity.offset), units.get(entity.offset + entity.length)];
    return { entity, start, end };
  });
  const found = linksIn(text).flatMap(({ start, end, url }): Place[] => {
    const isTold = told.some((place) => isVerbatim(place) && place.start < end && start < place.end);
    return isTold ? [] : [{ entity: { type: 'link', offset: 0, length: 1, url }, start, end }];
  });
  return [...told, ...found];
}

function isVerbatim({ entity: { type } }: Place): boolean {
  return type === 'code' || type === 'pre' || type === 'link';
}

function richLine(
  text: string,
  start: number,
  end: number,
  all: readonly Place[],
  options: RichOptions,
): RichLine {
  const here = all.filter((place) => place.start < Math.max(end, start + 1) && start < place.end);
  const isCode = here.some(({ entity }) => entity.type === 'pre');
  const quotes = here.filter(({ entity, start: from }) => entity.type === 'quote' && from <= start).length;
  const isItem = here.some(({ entity, start: from }) => entity.type === 'list-item' && from === start);
  const marker = isItem ? listMarker(text.slice(start, end)) : '';
  const stops = new Set([start, end, start + marker.length]);
  for (const place of here) for (const stop of [place.start, place.end]) stops.add(stop);
  const rising = [...stops].filter((stop) => stop >= start && stop <= end).sort((a, b) => a - b);
  const spans: Span[] = [];
  // Those that lie here or may lie in the next piece: a line of ten thousand links is not gone through for each.
  let covering: Place[] = [];
  let next = 0;
  for (const [index, stop] of rising.entries()) {
    const from = rising[index - 1];
    if (from === undefined) continue;
    for (let place = here[next]; place !== undefined && place.start < stop; place = here[++next]) {
      covering.push(place);
    }
    covering = covering.filter((place) => from < place.end);
    const piece = text.slice(from, stop);
    const spoiler = covering.find(({ entity }) => entity.type === 'spoiler');
    if (spoiler !== undefined && options.spoiler !== undefined) {
      spans.push(hidden(piece, from === Math.max(start, spoiler.start), options.spoiler));
      continue;
    }
    spans.push(
      spanOf(marker !== '' && from === start ? piece.replace('-', '•') : piece, covering, options.base),
    );
    const leadsTo = covering.find(({ entity, end: last }) => entity.type === 'link' && last === stop);
    if (leadsTo !== undefined) spans.push(...warningOf(text, leadsTo));
  }
  return { spans, quotes, isCode, hang: widthOf(marker) };
}

/** A part of a spoiler: covered where a character is given for it, else named at its beginning. */
function hidden(piece: string, isFirst: boolean, spoiler: string): Span {
  if (spoiler.length === 1) return { text: spoiler.repeat(widthOf(shownInline(piece))), style: 'dim' };
  return { text: isFirst ? spoiler : '', style: 'dim' };
}

function spanOf(piece: string, covering: readonly Place[], base: Style): Span {
  const types = new Set(covering.map(({ entity }) => entity.type));
  const shown = shownInline(piece);
  const isMention = types.has('mention') || types.has('mention-all');
  const font: Font = {
    ...((types.has('bold') || isMention) && { bold: true }),
    ...(types.has('italic') && { italic: true }),
    ...(types.has('strike') && { strike: true }),
    ...(types.has('link') && { underline: true }),
  };
  const isCode = types.has('code') || types.has('pre');
  const style = isCode ? 'code' : isMention || types.has('link') ? 'accent' : base;
  return Object.keys(font).length === 0 ? { text: shown, style } : { text: shown, style, font };
}

/** Where a link leads, if what is written there says something else, or what looks like something else. */
function warningOf(text: string, { entity, start, end }: Place): Span[] {
  if (entity.type !== 'link') return [];
  const written = text.slice(start, end);
  const address = /^https?:/i.test(written) ? written : `https://${written}`;
  const host = shownHost(entity.url === undefined || sameHost(address, entity.url) ? address : entity.url);
  if (host === undefined || written.toLowerCase().includes(host)) return [];
  return [{ text: ` (${shownInline(host)})`, style: 'warning' }];
}

function sameHost(one: string, other: string): boolean {
  // What names no host that there can be is not read: a text of piled marks would take seconds.
  if (shownHost(one) === undefined || shownHost(other) === undefined) return false;
  return new URL(one).host === new URL(other).host;
}
