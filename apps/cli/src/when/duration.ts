/** How long messages stay, as people write it: `30s`, `5m`, `1h`, `1d`, `2w`, `off`; `30초`, `5분`, `1시간`, `1일`, `2주`, `끔`. */
import { limits } from '@maru/protocol';
import type { Language } from '../chat/texts/language.ts';

const UNITS: readonly {
  readonly seconds: number;
  readonly names: readonly string[];
  readonly shown: Readonly<Record<Language, string>>;
}[] = [
  { seconds: 604_800, names: ['w', '주'], shown: { en: 'w', ko: '주' } },
  { seconds: 86_400, names: ['d', '일'], shown: { en: 'd', ko: '일' } },
  { seconds: 3_600, names: ['h', '시간'], shown: { en: 'h', ko: '시간' } },
  { seconds: 60, names: ['m', '분'], shown: { en: 'm', ko: '분' } },
  { seconds: 1, names: ['s', '초'], shown: { en: 's', ko: '초' } },
];
const OFF: readonly string[] = ['off', '끔', '0'];

/** Seconds, 0 for "for ever"; `undefined` where it is none, or more than a year. */
export function readDuration(text: string): number | undefined {
  const given = text.normalize('NFC').trim().toLowerCase();
  if (OFF.includes(given)) return 0;
  const [, count = '', name = ''] = /^(\d{1,8})\s*(\p{L}+)$/u.exec(given) ?? [];
  const unit = UNITS.find(({ names }) => names.includes(name));
  if (unit === undefined) return undefined;
  const seconds = Number(count) * unit.seconds;
  return seconds >= 1 && seconds <= limits.EXPIRES_AFTER_S_MAX ? seconds : undefined;
}

/** In the largest unit in which it is a whole number. */
export function durationText(seconds: number, language: Language): string {
  const unit = UNITS.find((each) => seconds % each.seconds === 0);
  return `${seconds / (unit?.seconds ?? 1)}${unit?.shown[language] ?? ''}`;
}
