import { parseArgs } from 'node:util';
import type { Scenario } from './scenario.ts';

export interface CommandLine {
  readonly scenarios: readonly Scenario[];
  readonly json: string | undefined;
  readonly svg: string | undefined;
  readonly smoke: boolean;
  readonly generator: 'any' | 'typescript';
  readonly help: boolean;
}

/** @throws Error with one line that says what is wrong */
export function parseCommandLine(args: readonly string[], all: readonly Scenario[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      svg: { type: 'string' },
      smoke: { type: 'boolean', default: false },
      generator: { type: 'string', default: 'any' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const unknown = positionals.find((name) => !all.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no scenario ${unknown}: there are ${all.map(({ name }) => name).join(', ')}.`);
  }
  if (values.generator !== 'any' && values.generator !== 'typescript') {
    throw new Error('--generator is any (C where it can be compiled) or typescript.');
  }
  return {
    scenarios: positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name)),
    json: values.json,
    svg: values.svg,
    smoke: values.smoke,
    generator: values.generator,
    help: values.help,
  };
}

export function helpText(all: readonly Scenario[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  return [
    'npm run bench -- [SCENARIO…] [--json FILE] [--svg FILE] [--smoke] [--generator typescript]',
    '',
    'Measures Maru on this machine, load included, and exits with 1 where a target is missed.',
    '--smoke runs everything for a moment and judges nothing. --generator typescript takes the load generator that',
    'needs no C compiler.',
    '',
    ...all.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
  ].join('\n');
}
