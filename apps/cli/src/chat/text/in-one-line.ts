/** Parts of a line that is made of what is said and what may be done about it. */
export function inOneLine(parts: readonly string[]): string {
  return parts.join(' · ');
}
