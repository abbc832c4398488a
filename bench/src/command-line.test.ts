import { expect, test } from 'bun:test';
import { type BenchCommand, helpText, parseCommandLine } from './command-line.ts';
import { peerScenarios } from './peers/scenarios/all.ts';
import { scenarios } from './scenarios/all.ts';

const common = { about: 'Measures.', plotTitle: '', describe: () => [] };
const bench: BenchCommand = { ...common, name: 'bench', scenarios, hasPeers: false };
const peers: BenchCommand = {
  ...common,
  name: 'bench:peers',
  scenarios: peerScenarios,
  hasPeers: true,
};

test('without names all scenarios run, and named ones in the order of the table', () => {
  expect(parseCommandLine([], bench).scenarios).toEqual(scenarios);
  const given = parseCommandLine(['storm', 'start', '--json', 'a.json', '--smoke'], bench);
  expect(given.scenarios.map(({ name }) => name)).toEqual(['start', 'storm']);
  expect(given).toMatchObject({ json: 'a.json', svg: undefined, smoke: true, generator: 'any' });
});

test('what is not known is refused with what is', () => {
  expect(() => parseCommandLine(['sit'], bench)).toThrow(/no scenario sit: there are start, idle/);
  expect(() => parseCommandLine(['--fast'], bench)).toThrow(/--fast/);
  expect(() => parseCommandLine(['--generator', 'go'], bench)).toThrow(/typescript/);
});

test('the help names every scenario', () => {
  for (const command of [bench, peers]) {
    for (const { name, about } of command.scenarios)
      expect(helpText(command)).toContain(`${name.padEnd(12)}  ${about}`);
  }
});

test('the peers run on this program or on the one given, and the bench without peers takes none', () => {
  expect(parseCommandLine([], peers).peerRuntime).toBe(process.execPath);
  expect(parseCommandLine(['--peer-runtime', 'node'], peers).peerRuntime).toBe('node');
  expect(() => parseCommandLine(['--peer-runtime', 'node'], bench)).toThrow(/bench:peers/);
  expect(helpText(peers)).toContain('--peer-runtime PROGRAM');
  expect(helpText(bench)).not.toContain('--peer-runtime');
});
