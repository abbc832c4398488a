import { parseArgs } from 'node:util';
import type { Scenario } from './scenario.ts';

/** What `npm run bench` and `npm run bench:peers` are made of. */
export interface BenchCommand {
  /** Of the script in package.json. */
  readonly name: string;
  /** One line for the help. */
  readonly about: string;
  readonly plotTitle: string;
  readonly scenarios: readonly Scenario[];
  /** It starts peers, on a runtime that can be chosen; only the load generator in C speaks to them. */
  readonly hasPeers: boolean;
  /** Lines about what is measured, printed below the machine. */
  describe(given: CommandLine): readonly string[];
}

export interface CommandLine {
  readonly scenarios: readonly Scenario[];
  readonly json: string | undefined;
  readonly svg: string | undefined;
  readonly smoke: boolean;
  readonly generator: 'any' | 'typescript';
  /** The program that runs the peers' servers. */
  readonly peerRuntime: string;
  readonly help: boolean;
}

const OPTIONS = {
  json: { type: 'string' },
  svg: { type: 'string' },
  smoke: { type: 'boolean', default: false },
  generator: { type: 'string', default: 'any' },
  'peer-runtime': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** @throws Error with one line that says what is wrong */
export function parseCommandLine(
  args: readonly string[],
  { name, scenarios, hasPeers }: Pick<BenchCommand, 'name' | 'scenarios' | 'hasPeers'>,
): CommandLine {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const unknown = positionals.find((wanted) => !scenarios.some((scenario) => scenario.name === wanted));
  if (unknown !== undefined) {
    throw new Error(
      `There is no scenario ${unknown}: there are ${scenarios.map((scenario) => scenario.name).join(', ')}.`,
    );
  }
  if (values.generator !== 'any' && values.generator !== 'typescript') {
    throw new Error('--generator is any (C where it can be compiled) or typescript.');
  }
  if (values['peer-runtime'] !== undefined && !hasPeers) {
    throw new Error(`npm run ${name} starts no peers: --peer-runtime is for npm run bench:peers.`);
  }
  return {
    scenarios:
      positionals.length === 0 ? scenarios : scenarios.filter(({ name }) => positionals.includes(name)),
    json: values.json,
    svg: values.svg,
    smoke: values.smoke,
    generator: values.generator,
    peerRuntime: values['peer-runtime'] ?? process.execPath,
    help: values.help,
  };
}

export function helpText({ name, about, scenarios, hasPeers }: BenchCommand): string {
  const width = Math.max(...scenarios.map((scenario) => scenario.name.length));
  const usage = `npm run ${name} -- [SCENARIO…] [--json FILE] [--svg FILE] [--smoke]`;
  return [
    hasPeers ? `${usage} [--peer-runtime PROGRAM]` : `${usage} [--generator typescript]`,
    '',
    about,
    '--smoke runs everything for a moment and judges nothing.',
    hasPeers
      ? '--peer-runtime runs the peer with another program than this Bun, such as node (24 or newer).'
      : '--generator typescript takes the load generator that needs no C compiler.',
    '',
    ...scenarios.map((scenario) => `  ${scenario.name.padEnd(width)}  ${scenario.about}`),
  ].join('\n');
}
