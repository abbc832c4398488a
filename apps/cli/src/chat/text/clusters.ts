/** What a person takes for one character (UAX #29), and how many columns of a terminal it covers. */
export interface Cluster {
  readonly text: string;
  readonly width: 0 | 1 | 2;
}

/** Code units of one cluster that are shown: marks piled on a letter without end would flood the lines around it. */
const CLUSTER_UNITS_MAX = 40;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The columns of characters that stand for themselves, whatever stands beside them; 0 for all others. */
function simpleWidth(unit: number): 0 | 1 | 2 {
  if (unit >= 0x20 && unit < 0x7f) return 1;
  if (unit >= 0xac00 && unit <= 0xd7a3) return 2;
  if (unit >= 0x4e00 && unit <= 0x9fff) return 2;
  if (unit >= 0x3041 && unit <= 0x30ff && unit !== 0x3099 && unit !== 0x309a) return 2;
  // Latin-1 without the soft hyphen and the two that may become emoji.
  if (unit >= 0xc0 && unit <= 0xff) return 1;
  return 0;
}

/**
 * The clusters of a text. Long plain texts are taken character by character, as the segmenter needs 20 times as long:
 * between two characters that stand for themselves there is always a boundary.
 */
export function clustersOf(text: string): Cluster[] {
  const found: Cluster[] = [];
  let at = 0;
  while (at < text.length) {
    const width = simpleWidth(text.charCodeAt(at));
    if (width !== 0 && (at + 1 === text.length || simpleWidth(text.charCodeAt(at + 1)) !== 0)) {
      found.push({ text: text.charAt(at), width });
      at++;
      continue;
    }
    const end = complexEnd(text, at);
    for (const { segment } of segmenter.segment(text.slice(at, end))) found.push(cluster(segment));
    at = end;
  }
  return found;
}

/** Where the next two characters that stand for themselves meet. */
function complexEnd(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length) {
    if (simpleWidth(text.charCodeAt(end - 1)) !== 0 && simpleWidth(text.charCodeAt(end)) !== 0) return end;
    end++;
  }
  return end;
}

function cluster(segment: string): Cluster {
  const width = Bun.stringWidth(drawn({ text: segment }));
  return { text: segment, width: width >= 2 ? 2 : width === 1 ? 1 : 0 };
}

/** What is drawn of a cluster. */
export function drawn({ text }: Pick<Cluster, 'text'>): string {
  return text.length > CLUSTER_UNITS_MAX ? text.slice(0, CLUSTER_UNITS_MAX).toWellFormed() : text;
}

/** How many columns a text covers in one line. */
export function widthOf(text: string): number {
  let width = 0;
  for (const each of clustersOf(text)) width += each.width;
  return width;
}
