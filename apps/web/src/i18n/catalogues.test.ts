import { describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import { Glob } from 'bun';
import { withStaticImports } from '../../build/static-imports.ts';
import firstEn from './catalogues/en.json';
import laterEn from './catalogues/en-later.json';
import firstKo from './catalogues/ko.json';
import laterKo from './catalogues/ko-later.json';
import { textsInCode } from './testing/texts-in-code.ts';

const en = { ...firstEn, ...laterEn };
const ko = { ...firstKo, ...laterKo };
/** What a visit begins with, and what is shown over it. */
const FIRST = ['main.tsx', 'app/shell.tsx', 'sign-in/sign-in-screen.tsx', 'sign-in/recovery-codes.tsx'];
const SOURCES = path.resolve(import.meta.dir, '..');
const files = [...new Glob('**/*.{ts,tsx}').scanSync(SOURCES)].filter(
  (file) => !/\.test\.|testing\//.test(file),
);
const found = files.map((file) => textsInCode(file, readFileSync(path.join(SOURCES, file), 'utf8')));
const uses = found.flatMap((each) => each.uses);

/** The names of what a message is filled in with. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    // Types 1 to 6 of the parser's tree are arguments: plain, number, date, time, select, plural.
    if ('type' in node && 'value' in node && Number(node.type) >= 1 && Number(node.type) <= 6)
      names.add(String(node.value));
    for (const inner of Object.values(node)) look(inner);
  };
  look(parse(message, { captureLocation: false }));
  return [...names].sort();
}

describe('the catalogues', () => {
  test('have the same texts, in the same order', () => {
    expect(Object.keys(firstKo)).toEqual(Object.keys(firstEn));
    expect(Object.keys(laterKo)).toEqual(Object.keys(laterEn));
  });

  test('have each text once', () => {
    expect(Object.keys(laterEn).filter((key) => key in firstEn)).toEqual([]);
  });

  test.each(Object.entries(en))('%s is filled in with the same in both languages', (key, text) => {
    expect(argumentsOf(ko[key as keyof typeof ko])).toEqual(argumentsOf(text));
  });

  test('give Korean no plural that it does not have', () => {
    const { pluralCategories } = new Intl.PluralRules('ko').resolvedOptions();
    expect(pluralCategories).toEqual(['other']);
    expect(
      Object.entries(ko).filter(([, text]) => /plural,.*\b(?:zero|one|two|few|many) \{/.test(text)),
    ).toEqual([]);
  });

  test('have nothing that nobody says', () => {
    const said = (key: string) => uses.some(({ pattern }) => pattern.test(key));
    expect(Object.keys(en).filter((key) => !said(key))).toEqual([]);
  });
});

describe('the code', () => {
  test('that is there first says nothing that comes later', () => {
    const first = withStaticImports(FIRST);
    const said = uses.filter(({ where }) => first.has(where.replace(/:.*/, '')));
    expect(said.length).toBeGreaterThan(100);
    expect(Object.keys(laterEn).filter((key) => said.some(({ pattern }) => pattern.test(key)))).toEqual([]);
  });

  test('says nothing to people that is not in the catalogues', () => {
    expect(found.flatMap((each) => each.literals)).toEqual([]);
  });

  test.each(uses.filter(({ given }) => given !== undefined).map((use) => [use.where, use] as const))(
    '%s fills in what the text needs',
    (_where, { pattern, given = [] }) => {
      const texts = Object.entries(en).filter(([key]) => pattern.test(key));
      expect(texts).not.toBeEmpty();
      for (const [, text] of texts) expect(given.toSorted()).toEqual(argumentsOf(text));
    },
  );
});
