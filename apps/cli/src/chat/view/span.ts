import { clustersOf, drawn, widthOf } from '../text/clusters.ts';

/** What a piece of text is: the theme says how that looks. */
export type Style =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'title'
  | 'accent'
  | 'good'
  | 'warning'
  | 'bad'
  | 'match'
  | 'code'
  | 'name0'
  | 'name1'
  | 'name2'
  | 'name3'
  | 'name4'
  | 'name5';

/** How letters are drawn, beside their colour. */
export interface Font {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly underline?: boolean;
}

export interface Span {
  readonly text: string;
  readonly style: Style;
  readonly font?: Font;
  /** Drawn light on dark where the rest is dark on light: what is chosen. */
  readonly reverse?: boolean;
}

/** One row of the screen, or of a part of it. */
export type Line = readonly Span[];

export const NAME_STYLES = ['name0', 'name1', 'name2', 'name3', 'name4', 'name5'] as const;

export function span(text: string, style: Style = 'plain'): Span {
  return { text, style };
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** The line in exactly `width` columns. */
export function fitLine(line: Line, width: number): Line {
  const fitted: Span[] = [];
  let left = width;
  for (const each of line) {
    let text = '';
    for (const cluster of clustersOf(each.text)) {
      if (cluster.width > left) return [...fitted, { ...each, text: text + ' '.repeat(left) }];
      text += drawn(cluster);
      left -= cluster.width;
    }
    fitted.push({ ...each, text });
  }
  return left > 0 ? [...fitted, span(' '.repeat(left))] : fitted;
}

/** The left part, and the right part at the right edge; the left one gives way. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = Math.min(width, lineWidth(right));
  return [...fitLine(left, width - rightWidth), ...fitLine(right, rightWidth)];
}

export function reversed(line: Line): Line {
  return line.map((each) => ({ ...each, reverse: true }));
}
