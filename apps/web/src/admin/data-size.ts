const UNITS = ['megabyte', 'gigabyte', 'terabyte'] as const;
/** Of one unit in the one before it: as disks are sold, in tens. */
const STEP = 1_000;
const MEGABYTE = 1_000_000;

/** How much data it is, in the unit in which people would say it: `512 MB`, `1.5 GB`. */
export function dataSize(bytes: number, language: string): string {
  let value = bytes / MEGABYTE;
  let at = 0;
  // What would be rounded up to a step is written as one.
  while (at < UNITS.length - 1 && Math.round(value) >= STEP) {
    value /= STEP;
    at += 1;
  }
  const unit = UNITS[at] ?? 'megabyte';
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    maximumFractionDigits: at === 0 ? 0 : 1,
  }).format(value);
}
