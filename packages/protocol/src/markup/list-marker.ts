const LIST_ITEM = /^ {0,12}(?:-|\d{1,3}[.)]) +(?=\S)/;

/** What a line of a list begins with: `- ` or `1. `, indented or not; `''`: it is none. The text keeps it. */
export function listMarker(line: string): string {
  return LIST_ITEM.exec(line)?.[0] ?? '';
}
