import { clockText } from '../../terminal/date-time.ts';
import type { World } from '../state/world.ts';

const DAY_MS = 86_400_000;

/** Which day it is, as a key. */
export function dayOf(at: number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`;
}

/** `Today`, `Yesterday`, or the date. */
export function dayText(
  at: number,
  { now, texts, language }: Pick<World, 'now' | 'texts' | 'language'>,
): string {
  const day = dayOf(at);
  if (day === dayOf(now)) return texts.today;
  if (day === dayOf(now - DAY_MS)) return texts.yesterday;
  const format = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' } as const;
  return new Date(at).toLocaleDateString(language === 'ko' ? 'ko-KR' : 'en-GB', format);
}

/** When, as short as it can be said today. */
export function whenText(at: number, world: Pick<World, 'now' | 'texts' | 'language'>): string {
  return dayOf(at) === dayOf(world.now) ? clockText(at) : wholeWhenText(at, world);
}

/** When, with the day also where that is today. */
export function wholeWhenText(at: number, world: Pick<World, 'now' | 'texts' | 'language'>): string {
  return `${dayText(at, world)} ${clockText(at)}`;
}
