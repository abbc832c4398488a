/** A text as it is looked for: in one composition, and in small letters, the same on every device. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
