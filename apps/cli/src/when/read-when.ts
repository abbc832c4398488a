/**
 * When something is to be, as people write it, by the terminal's time zone: `18:30`, `tomorrow 9:00`, `2026-12-24 18:00`,
 * `9:00pm`, `2h`; `내일 9:00`, `오후 6:30`, `18시 30분`, `30분 뒤`.
 */
import { readDuration } from './duration.ts';

export interface When {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What was written behind it. */
  readonly rest: string;
}

const DAYS: Readonly<Record<string, number>> = { today: 0, 오늘: 0, tomorrow: 1, 내일: 1, 모레: 2 };
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?=\s|$)/;
const DAY = /^(\p{L}+)(?=\s|$)/u;
const CLOCK = /^(?:(오전|오후)\s*)?(\d{1,2})(?::(\d{2})|시(?:\s*(\d{1,2})분)?)\s*(am|pm)?(?=\s|$)/i;
const LASTING = /^(?:in\s+)?(\d{1,6}\s*\p{L}+?)(?:\s*(?:뒤|후)에?)?(?=\s|$)/u;

/** `undefined` where it says no time, or one that has no place in a day. */
export function readWhen(text: string, now: number): When | undefined {
  const given = text.normalize('NFC').trim();
  return readLasting(given, now) ?? readClock(given, now);
}

function readLasting(given: string, now: number): When | undefined {
  const [all, lasting] = LASTING.exec(given) ?? [];
  const seconds = lasting === undefined ? undefined : readDuration(lasting);
  if (all === undefined || seconds === undefined || seconds === 0) return undefined;
  return { at: now + seconds * 1_000, rest: given.slice(all.length).trim() };
}

function readClock(given: string, now: number): When | undefined {
  const day = readDay(given, now);
  const behind = given.slice(day?.length ?? 0).trim();
  const [all, half, hour = '', colon, minute, suffix] = CLOCK.exec(behind) ?? [];
  if (all === undefined) return undefined;
  const time = clockOf(Number(hour), Number(colon ?? minute ?? 0), (half ?? suffix)?.toLowerCase());
  if (time === undefined) return undefined;
  const date = day?.date ?? new Date(now);
  const [year, month, dayOfMonth] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const at = new Date(year, month, dayOfMonth, time.hours, time.minutes).getTime();
  const rest = behind.slice(all.length).trim();
  // Without a day it is the next time that the clock shows that.
  if (day !== undefined || at > now) return { at, rest };
  return { at: new Date(year, month, dayOfMonth + 1, time.hours, time.minutes).getTime(), rest };
}

function readDay(given: string, now: number): { date: Date; length: number } | undefined {
  const [written, year = '', month = '', day = ''] = DATE.exec(given) ?? [];
  if (written !== undefined) {
    const date = new Date(Number(year), Number(month) - 1, Number(day));
    return date.getDate() === Number(day) ? { date, length: written.length } : undefined;
  }
  const [word = ''] = DAY.exec(given) ?? [];
  const ahead = DAYS[word.toLowerCase()];
  if (ahead === undefined) return undefined;
  const today = new Date(now);
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + ahead);
  return { date, length: word.length };
}

function clockOf(
  hour: number,
  minutes: number,
  half: string | undefined,
): { hours: number; minutes: number } | undefined {
  if (minutes > 59) return undefined;
  if (half === undefined) return hour > 23 ? undefined : { hours: hour, minutes };
  if (hour < 1 || hour > 12) return undefined;
  const isAfternoon = half === 'pm' || half === '오후';
  return { hours: (hour % 12) + (isAfternoon ? 12 : 0), minutes };
}
