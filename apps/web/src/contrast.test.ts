import { describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** WCAG 2.2 §1.4.3 and §1.4.11. */
const TEXT_MIN = 4.5;
const SIGN_MIN = 3;
/** Less can’t be told on most screens. */
const PLACE_MIN = 1.1;

const css = readFileSync(path.join(import.meta.dir, 'styles.css'), 'utf8');
const document = readFileSync(path.join(import.meta.dir, '../../../docs/design.md'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** What is written, on what it may stand. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  ink: ['canvas', 'surface', 'raised', 'hover', 'selected', 'field', 'other'],
  soft: ['canvas', 'surface', 'raised', 'hover', 'selected', 'field', 'other'],
  faint: ['canvas', 'surface', 'raised', 'hover', 'selected', 'field', 'other'],
  link: ['canvas', 'surface', 'raised', 'hover', 'selected', 'own', 'other'],
  danger: ['canvas', 'surface', 'raised', 'hover', 'other', 'own'],
  'on-accent': ['accent', 'accent-hover'],
  'own-ink': ['own'],
  'own-soft': ['own'],
  'on-badge': ['badge'],
  'on-quiet': ['quiet'],
  'on-notice': ['notice'],
  'on-hue': ['hue-a', 'hue-b', 'hue-c', 'hue-d', 'hue-e', 'hue-f'],
};
/** What must be seen, but is not read. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  control: ['surface', 'field', 'raised'],
  accent: ['surface', 'canvas', 'selected', 'own', 'other', 'raised'],
  badge: ['surface', 'selected', 'hover'],
  'qr-dark': ['qr-light'],
  online: ['surface', 'selected', 'hover'],
  away: ['surface', 'selected', 'hover'],
};

/** What stands on another, and is told from it by its colour alone: a button on a sheet, the chosen line of a menu. */
const PLACES = [
  ['field', 'surface'],
  ['field', 'raised'],
  ['hover', 'surface'],
  ['hover', 'raised'],
] as const;

const pairs = (table: typeof TEXTS) =>
  Object.entries(table).flatMap(([front, backs]) =>
    backs.flatMap((back) => (['light', 'dark'] as const).map((theme) => [front, back, theme] as const)),
  );

describe('colours', () => {
  test.each(pairs(TEXTS))('%s is read on %s, %s', (front, back, theme) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(TEXT_MIN);
  });

  test.each(pairs(SIGNS))('%s is seen on %s, %s', (front, back, theme) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(SIGN_MIN);
  });

  test.each(PLACES)('%s is told from %s', (place, under) => {
    for (const theme of ['light', 'dark'] as const)
      expect(contrast(place, under, theme)).toBeGreaterThanOrEqual(PLACE_MIN);
  });

  test('each is in one of the tables, or nothing is written with it', () => {
    const used = new Set(
      [TEXTS, SIGNS].flatMap((table) => [...Object.keys(table), ...Object.values(table).flat()]),
    );
    expect([...tokens.keys()].filter((name) => !used.has(name))).toEqual(['line']);
  });

  test('docs/design.md names them all, as they are', () => {
    const rows = new Map(
      [...document.matchAll(/^\| `([a-z-]+)` \| `(#[0-9a-f]{6})` \| `(#[0-9a-f]{6})` \|/gm)].map(
        ([, name = '', light = '', dark = '']) => [name, { light, dark }],
      ),
    );
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(tokens));
  });
});

const sources = [...new Bun.Glob('**/*.tsx').scanSync(import.meta.dir)].map((file) =>
  readFileSync(path.join(import.meta.dir, file), 'utf8'),
);

describe('what is measured', () => {
  const pixels = (rem = '') => Number(rem) * 16;

  test('docs/design.md names each size of a text, as it is', () => {
    const sizes = [...css.matchAll(/--text-(\w+): ([\d.]+)rem;\s+--text-\1--line-height: ([\d.]+)rem;/g)].map(
      ([, name, size, line]) => `${name} ${pixels(size)} / ${pixels(line)}`,
    );
    const told = [...document.matchAll(/^\| `(\w+)` \| (\d+ \/ \d+) \|/gm)].map(
      (row) => `${row[1]} ${row[2]}`,
    );
    expect(sizes.length).toBeGreaterThan(4);
    expect(told).toEqual(sizes);
    expect(sizes).toHaveLength(css.match(/--text-\w+: [\d.]+rem;/g)?.length ?? 0);
  });

  test('docs/design.md tells how heavy letters are, and no others are', () => {
    const used = sources.flatMap((source) => [
      ...source.matchAll(/\bfont-(thin|extralight|light|normal|medium|semibold|bold|extrabold|black)\b/g),
    ]);
    // Tailwind's names of 400, 500 and 600.
    expect(new Set(used.map(([, weight]) => weight))).toEqual(new Set(['normal', 'medium', 'semibold']));
    expect(document).toMatch(/^Three weights: 400; 500 for .+; 600 for /m);
  });

  test('docs/design.md tells the radii and how long something moves, as they are', () => {
    const radii = Object.fromEntries(
      [...css.matchAll(/--radius-(\w+): ([\d.]+)rem;/g)].map(([, name, rem]) => [name, pixels(rem)]),
    );
    const [, ...told] =
      /Radius: (\d+) where bubbles join, (\d+) for controls, (\d+) for panels, (\d+) for bubbles/.exec(
        document,
      ) ?? [];
    const [joint, control, panel, bubble] = told.map(Number);
    expect(radii).toEqual({ joint, control, panel, bubble });
    const [, ms] = /--default-transition-duration: (\d+)ms/.exec(css) ?? [];
    expect(document).toContain(`## Motion\n\n${ms} ms, `);
  });
});

function contrast(front: string, back: string, theme: 'light' | 'dark'): number {
  const [a, b] = [front, back].map((name) => luminance(tokens.get(name)?.[theme] ?? name));
  const [darker = 0, lighter = 0] = [a ?? 0, b ?? 0].sort((one, two) => one - two);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
