const HOUR_MS = 3_600_000;
const MORNING_HOUR = 9;

/** Moments at which people often want something sent, the earliest first, in milliseconds since the epoch. */
export function scheduleTimes(
  now: number,
): readonly { readonly name: 'hour' | 'tomorrow' | 'monday'; readonly at: number }[] {
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const times = [
    { name: 'hour', at: now + HOUR_MS },
    { name: 'tomorrow', at: morningIn(now, 1) },
    { name: 'monday', at: morningIn(now, toMonday) },
  ] as const;
  return times.filter(({ name }) => name !== 'monday' || toMonday > 1);
}

function morningIn(now: number, days: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.setHours(MORNING_HOUR, 0, 0, 0);
}

/** As an input of date and time has it, in the device's time zone. */
export function localInput(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
