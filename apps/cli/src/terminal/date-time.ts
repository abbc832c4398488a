/** A time as people read it, by this machine's zone: `2026-11-25 22:44`. */
export function dateTime(at: number | undefined): string {
  if (at === undefined) return 'never';
  const time = new Date(at);
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${clockText(at)}`;
}

/** The time of day by this machine's zone: `22:44`. */
export function clockText(at: number): string {
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
