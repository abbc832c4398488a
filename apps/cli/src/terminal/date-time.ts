/** A time as people read it, by this machine's zone: `2026-11-25 22:44`. */
export function dateTime(at: number | undefined): string {
  if (at === undefined) return 'never';
  const time = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
