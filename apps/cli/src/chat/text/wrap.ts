import { type Cluster, clustersOf, drawn } from './clusters.ts';

/** One row of a wrapped text. */
export interface WrappedRow {
  /** What is drawn: no wider than asked for. */
  readonly text: string;
  /** Its place in the text, in UTF-16 code units; the rows follow each other without a gap but for line ends. */
  readonly start: number;
  readonly end: number;
  readonly width: number;
}

const SPACE = ' ';
/** Ideographs and kana may be parted anywhere; Hangul words, like those of other alphabets, at their spaces. */
const PARTS_ANYWHERE = /^[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\uff01-\uff60]/u;
/** What no line begins with, in Chinese and Japanese (JIS X 4051). */
const BEGINS_NO_LINE = /^[、。，．・：；？！）」』】〕〉》ー々…,.!?;:)\]}]/u;

/** Breaks one line of text, without line ends in it, into rows of at most `width` columns; at least one row. */
export function wrapLine(text: string, width: number, offset = 0): WrappedRow[] {
  const rows: WrappedRow[] = [];
  let row = new Row(offset);
  for (const cluster of clustersOf(text)) {
    // What is carried over may be too wide with it once more.
    while (row.width + cluster.width > width && cluster.text !== SPACE && !row.empty) {
      const rest = row.breakOff(cluster);
      rows.push(row.done(width));
      row = new Row(rest.start, rest.clusters);
    }
    row.add(cluster);
  }
  rows.push(row.done(width));
  return rows;
}

/** Breaks a text of several lines. */
export function wrapText(text: string, width: number): WrappedRow[] {
  let offset = 0;
  return text.split('\n').flatMap((line) => {
    const rows = wrapLine(line, width, offset);
    offset += line.length + 1;
    return rows;
  });
}

class Row {
  #clusters: Cluster[];
  readonly #start: number;
  #length: number;
  width: number;
  /** After how many clusters the row may end. */
  #breakAt: number | undefined;

  constructor(start: number, clusters: Cluster[] = []) {
    this.#start = start;
    this.#clusters = clusters;
    this.#length = clusters.reduce((sum, { text }) => sum + text.length, 0);
    this.width = clusters.reduce((sum, { width }) => sum + width, 0);
  }

  get empty(): boolean {
    return this.#clusters.length === 0;
  }

  add(cluster: Cluster): void {
    const before = this.#clusters.at(-1);
    if (before !== undefined && mayPart(before, cluster)) this.#breakAt = this.#clusters.length;
    this.#clusters.push(cluster);
    this.#length += cluster.text.length;
    this.width += cluster.width;
  }

  /** Ends the row before `next`; what belongs to the next row is taken out of this one. */
  breakOff(next: Cluster): { start: number; clusters: Cluster[] } {
    const last = this.#clusters.at(-1);
    const here = last === undefined || mayPart(last, next);
    const at = here ? this.#clusters.length : (this.#breakAt ?? this.#clusters.length);
    const clusters = this.#clusters.slice(at);
    this.#clusters = this.#clusters.slice(0, at);
    const moved = clusters.reduce((sum, { text }) => sum + text.length, 0);
    this.#length -= moved;
    return { start: this.#start + this.#length, clusters };
  }

  /** Spaces at the end that have no room are not drawn. */
  done(widthMax: number): WrappedRow {
    let text = '';
    let width = 0;
    for (const cluster of this.#clusters) {
      if (width + cluster.width > widthMax) break;
      text += drawn(cluster);
      width += cluster.width;
    }
    return { text, start: this.#start, end: this.#start + this.#length, width };
  }
}

function mayPart(before: Cluster, after: Cluster): boolean {
  if (after.text === SPACE) return false;
  if (before.text === SPACE) return true;
  if (BEGINS_NO_LINE.test(after.text)) return false;
  return PARTS_ANYWHERE.test(before.text) || PARTS_ANYWHERE.test(after.text);
}
