import { clustersOf, drawn, widthOf } from './clusters.ts';

const ELLIPSIS = '…';

/** The text in at most `width` columns; what is cut off leaves an ellipsis. */
export function truncate(text: string, width: number): string {
  // No more than is needed is looked at: names are short, texts may be long.
  const clusters = clustersOf(text.slice(0, (width + 1) * 64));
  let shown = '';
  let taken = 0;
  let beforeEllipsis = '';
  for (const cluster of clusters) {
    if (taken + cluster.width > width) return width < 1 ? '' : beforeEllipsis + ELLIPSIS;
    shown += drawn(cluster);
    taken += cluster.width;
    if (taken < width) beforeEllipsis = shown;
  }
  return shown;
}

/** The text in exactly `width` columns. */
export function fitText(text: string, width: number): string {
  const shown = truncate(text, width);
  return shown + ' '.repeat(Math.max(0, width - widthOf(shown)));
}
