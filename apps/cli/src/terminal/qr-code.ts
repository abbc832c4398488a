import { correction, generate } from 'lean-qr';

/** Light modules around the code, on each side (ISO/IEC 18004 §6.3.8). */
const QUIET_ZONE = 4;
/** Black on white whatever the terminal's colours are: many cameras read no other. */
const BEGIN = '\u001b[30;107m';
const END = '\u001b[0m';

/**
 * A text as a QR code for a terminal: lines of half blocks, two modules above each other in a character. `undefined`:
 * it has more columns than there are.
 */
export function qrCode(text: string, columns: number): readonly string[] | undefined {
  const code = generate(text, { minCorrectionLevel: correction.L });
  const side = code.size + 2 * QUIET_ZONE;
  if (side > columns) return undefined;
  const isDark = (x: number, y: number) => code.get(x - QUIET_ZONE, y - QUIET_ZONE);
  const lines: string[] = [];
  for (let y = 0; y < side; y += 2) {
    let line = '';
    for (let x = 0; x < side; x++) line += half(isDark(x, y), isDark(x, y + 1));
    lines.push(BEGIN + line + END);
  }
  return lines;
}

function half(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
