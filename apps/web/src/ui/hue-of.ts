/** One of `count` colours, the same for an id on every device. */
export function hueOf(id: string, count: number): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) >>> 0;
  return sum % count;
}
