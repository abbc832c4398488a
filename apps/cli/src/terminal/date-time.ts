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

/** When something that is waited for begins, to the second: `22:44:07`. Never sooner than it does. */
export function secondsText(at: number): string {
  const time = new Date(Math.ceil(at / 1_000) * 1_000);
  return `${clockText(time.getTime())}:${two(time.getSeconds())}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
