/** Lists of whole numbers below 2^40 as 5 bytes each, big-endian: they can be joined, and read in the middle. */

const BYTES = 5;

export function packNumbers(numbers: readonly number[]): Uint8Array {
  const packed = new Uint8Array(numbers.length * BYTES);
  let at = 0;
  for (const number of numbers) {
    packed[at++] = Math.floor(number / 0x1_0000_0000);
    packed[at++] = number >>> 24;
    packed[at++] = number >>> 16;
    packed[at++] = number >>> 8;
    packed[at++] = number;
  }
  return packed;
}

/** How many bytes `count` numbers take. */
export function packedBytes(count: number): number {
  return count * BYTES;
}

/** How many numbers there are. */
export function packedLength(packed: Uint8Array): number {
  return packed.length / BYTES;
}

/** The number at `index`; `undefined` beyond the end. */
export function packedAt(packed: Uint8Array, index: number): number | undefined {
  const at = index * BYTES;
  const [a, b, c, d, e] = [packed[at], packed[at + 1], packed[at + 2], packed[at + 3], packed[at + 4]];
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined)
    return undefined;
  return a * 0x1_0000_0000 + ((b << 24) >>> 0) + (c << 16) + (d << 8) + e;
}

export function unpackNumbers(packed: Uint8Array): number[] {
  return Array.from({ length: packedLength(packed) }, (_, index) => packedAt(packed, index) ?? 0);
}
