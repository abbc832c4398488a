import type { Generator } from './load/generator.ts';
import type { Measured } from './result-row.ts';

/** What every scenario gets. */
export interface Bench {
  readonly generator: Generator;
  /** All sizes and times tiny: only to show that everything runs. */
  readonly smoke: boolean;
  /** The program that runs the peers' servers. */
  readonly peerRuntime: string;
  /** Makes an empty folder; it is removed at the end. */
  folder(name: string): string;
  /** A line about what goes on, for who waits. */
  say(line: string): void;
}

/** One row of the table of targets: it measures, and says what must be reached. */
export interface Scenario {
  readonly name: string;
  /** One line for the help. */
  readonly about: string;
  run(bench: Bench): Promise<Measured[]>;
}
