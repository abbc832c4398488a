import { expect, test } from 'bun:test';
import { textsInCode } from './texts-in-code.ts';

const literalsIn = (code: string) => textsInCode('some.tsx', `const some = ${code};`).literals;

test.each([
  ['between tags', '<p>Good day</p>'],
  ['as an expression', "<p>{'Good day'}</p>"],
  ['on one of two ways', "<p>{isMorning ? 'Good day' : t('app.name')}</p>"],
  ['on the other one', "<p>{isMorning ? t('app.name') : 'Good day'}</p>"],
  ['under a condition', "<p>{isMorning && 'Good day'}</p>"],
  ['in place of nothing', "<p>{name ?? 'Good day'}</p>"],
  ['put together', "<p>{name + 'Good day'}</p>"],
  ['around something', `<p>{\`Good day\${name}\`}</p>`],
  ['to who hears the page', '<button aria-label="Good day" />'],
  ['to them, as an expression', "<button title={isMorning ? 'Good day' : undefined} />"],
])('what is said %s is found', (_where, code) => {
  expect(literalsIn(code)).toEqual(['some.tsx:1 Good day']);
});

test.each([
  ['a text of the catalogues', "<p>{isMorning ? t('app.name') : t('app.starting')}</p>"],
  ['a look', "<p className={isMorning ? 'text-soft' : 'text-faint'}>{t('app.name')}</p>"],
  ['a sign', "<p>{isMorning ? '·' : ' '}: 24:00</p>"],
  ['what is compared', "<p>{kind === 'day' && t('app.name')}</p>"],
])('%s is none', (_what, code) => {
  expect(literalsIn(code)).toEqual([]);
});
