import { expect, test } from 'bun:test';
import { helpText, parseCommandLine } from './command-line.ts';
import { scenarios } from './scenarios/all.ts';

test('without names all scenarios run, and named ones in the order of the table', () => {
  expect(parseCommandLine([], scenarios).scenarios).toEqual(scenarios);
  const given = parseCommandLine(['storm', 'start', '--json', 'a.json', '--smoke'], scenarios);
  expect(given.scenarios.map(({ name }) => name)).toEqual(['start', 'storm']);
  expect(given).toMatchObject({ json: 'a.json', svg: undefined, smoke: true, generator: 'any' });
});

test('what is not known is refused with what is', () => {
  expect(() => parseCommandLine(['sit'], scenarios)).toThrow(/no scenario sit: there are start, idle/);
  expect(() => parseCommandLine(['--fast'], scenarios)).toThrow(/--fast/);
  expect(() => parseCommandLine(['--generator', 'go'], scenarios)).toThrow(/typescript/);
});

test('the help names every scenario', () => {
  for (const { name, about } of scenarios)
    expect(helpText(scenarios)).toContain(`${name.padEnd(12)}  ${about}`);
});
