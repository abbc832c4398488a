import { expect, test } from 'bun:test';
import { generate } from 'lean-qr';
import { qrCode } from './qr-code.ts';

const URL_TEXT = 'https://chat.example.org/#device=abcd-efgh';

/** The modules that a camera would see on these lines. */
function seen(lines: readonly string[]): boolean[][] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that stand around each line.
  const plain = lines.map((line) => line.replace(/\u001b\[[\d;]*m/g, ''));
  return plain.flatMap((line) => [
    [...line].map((char) => char === '█' || char === '▀'),
    [...line].map((char) => char === '█' || char === '▄'),
  ]);
}

test('a QR code on a terminal has the code’s modules, with room around them, black on white', () => {
  const lines = qrCode(URL_TEXT, 80) ?? [];
  const rows = seen(lines);
  const code = generate(URL_TEXT);
  const side = code.size + 8;
  expect(rows[0]).toHaveLength(side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) expect(rows[y]?.[x]).toBe(code.get(x - 4, y - 4));
  for (const line of lines) expect(line).toStartWith('\u001b[30;107m');
});

test('one that is too wide for the terminal is left out', () => {
  const side = generate(URL_TEXT).size + 8;
  expect(qrCode(URL_TEXT, side)).toBeDefined();
  expect(qrCode(URL_TEXT, side - 1)).toBeUndefined();
});
