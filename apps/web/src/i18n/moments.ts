import type { Translate } from './translator.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** The platform has no date beyond (ECMA-262 §21.4.1.1), a day aside: behind a day another one begins. */
const MOMENT_MS_MAX = 8_640_000_000_000_000 - 2 * DAY_MS;

/** Moments as people say them, in the device's time zone. All take milliseconds since the epoch. */
export interface Moments {
  /** `3:07 PM` */
  time(at: number): string;
  /** `Today`, `Yesterday`, `Monday, March 2`, with the year where it is another one. */
  day(at: number, now: number): string;
  /** As short as a list needs it: the time today, the weekday this week, else the date. */
  short(at: number, now: number): string;
  /** All of it, for a tooltip. */
  full(at: number): string;
}

/** `locale` as BCP 47 has it: the language, with the country where people write dates and hours in its own way. */
export function createMoments(locale: string, t: Translate): Moments {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, options);
    return { format: (at: number) => formatter.format(momentOf(at)) };
  };
  const time = format({ hour: 'numeric', minute: '2-digit' });
  const weekday = format({ weekday: 'short' });
  const day = format({ weekday: 'long', month: 'long', day: 'numeric' });
  const dayOfYear = format({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
  const date = format({ month: 'short', day: 'numeric' });
  const dateOfYear = format({ year: 'numeric', month: 'numeric', day: 'numeric' });
  const full = format({ dateStyle: 'full', timeStyle: 'short' });
  const isThisYear = (at: number, now: number) => new Date(at).getFullYear() === new Date(now).getFullYear();
  return {
    time: (at) => time.format(at),
    day(at, now) {
      if (isSameDay(at, now)) return t('day.today');
      if (isSameDay(at, dayBefore(now))) return t('day.yesterday');
      return (isThisYear(at, now) ? day : dayOfYear).format(at);
    },
    short(at, now) {
      if (isSameDay(at, now)) return time.format(at);
      if (isSameDay(at, dayBefore(now))) return t('day.yesterday');
      if (at < now && now - at < WEEK_MS - DAY_MS) return weekday.format(at);
      return (isThisYear(at, now) ? date : dateOfYear).format(at);
    },
    full: (at) => full.format(at),
  };
}

/** The day that was looked at last: of a conversation's messages most are of the same as the one before. */
let looked = { from: 0, to: 0 };

/** Whether two moments are of the same day where the device is. */
export function isSameDay(a: number, b: number): boolean {
  if (a < looked.from || a >= looked.to) looked = dayOf(a);
  return b >= looked.from && b < looked.to;
}

/** Others may say any number of when their link ends: what is no date is the last one, or the first. */
function momentOf(at: number): number {
  return Math.min(Math.max(at, -MOMENT_MS_MAX), MOMENT_MS_MAX);
}

function dayOf(at: number): typeof looked {
  const date = new Date(momentOf(at));
  const begin = (days: number) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  return { from: begin(0), to: begin(1) };
}

/** Not 24 hours: a day may have 23 or 25. */
function dayBefore(at: number): number {
  const date = new Date(at);
  date.setDate(date.getDate() - 1);
  return date.getTime();
}
