/** The texts of lines that `maru tail --json` printed. */
export function tailTexts(lines: readonly string[]): unknown[] {
  return lines.map((line) => JSON.parse(line).text);
}
