import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const SOURCES = import.meta.dir;
const files = [...new Bun.Glob('**/*.{tsx,ts,css}').scanSync(SOURCES)].filter(
  (file) => !/\.test\.tsx?$/.test(file),
);

/** Classes that name the left or the right, where there is one that names the start or the end. */
const SIDED_CLASS =
  /(?<=[\s"'`:])-?(?:left|right|[mp][lr]|scroll-[mp][lr]|border-[lr]|rounded-[lr]|rounded-[tb][lr])-[\w./[\]-]+|(?<=[\s"'`:])(?:text|float|clear|origin)-(?:left|right)(?=[\s"'`])|(?<=[\s"'`:])(?:border-[lr]|rounded-(?:[lr]|[tb][lr]))(?=[\s"'`])/g;
/** The same in styles. */
const SIDED_STYLE =
  /(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right)|left|right)\s*:|(?:float|clear):\s*(?:left|right)/g;

test('looks follow the direction of the text: none of them names the left or the right', () => {
  const found = files.flatMap((file) => {
    const text = readFileSync(path.join(SOURCES, file), 'utf8');
    const sided = file.endsWith('.css') ? SIDED_STYLE : SIDED_CLASS;
    return [...text.matchAll(sided)].map(([name]) => `${file}: ${name}`);
  });
  expect(found).toEqual([]);
});

test('a class that names a side is found wherever in a list of classes it stands', () => {
  const classes = [
    '"ml-2"',
    "'flex -ml-1'",
    '`md:left-1/2 x`',
    '"a border-l b"',
    '"text-right"',
    '"rounded-tl-panel"',
  ];
  expect(classes.filter((each) => each.match(SIDED_CLASS) === null)).toEqual([]);
  expect('"ms-2 start-1 border-s html-x clear-both leading-4"'.match(SIDED_CLASS)).toBeNull();
});
