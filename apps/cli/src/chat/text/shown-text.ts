import { COMMANDING, printable } from '../../terminal/printable.ts';

/** Jamo that were not put together, as names of files on a Mac have them: few terminals do it. */
const LOOSE_JAMO = /[\u1100-\u11ff]+/g;

/** What somebody wrote, line by line, as a terminal may show it: nothing in it commands. */
export function shownLines(text: string): string[] {
  const whole = text.toWellFormed();
  // They alone: to bring marks that are piled on a letter into their order takes a time that grows with their square.
  const composed = whole.replaceAll(LOOSE_JAMO, (jamo) => jamo.normalize('NFC'));
  return composed.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => printable(line.replaceAll('\t', '    ')));
}

/** The same, with every character in its place and each line end as it is: for a text in which there is a cursor. */
export function shownInPlace(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/[^\n]+/g, (line) => line.replaceAll(COMMANDING, '\ufffd'));
}

/** The same in one line: for names, and where a line is all the room there is. */
export function shownInline(text: string): string {
  return shownLines(text).join(' ');
}
