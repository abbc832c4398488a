/** What the generator says: phases on the way and one line of results, as bench/load/result.c does. */
import type { Latency } from '../load/generator.ts';
import type { Histogram } from '../measure/histogram.ts';

const NS_PER_MS = 1e6;

export function tellPhase(phase: string): void {
  console.log(JSON.stringify({ phase }));
}

export function latencyOf(histogram: Histogram): Latency {
  const at = (fraction: number) => histogram.at(fraction) / NS_PER_MS;
  return {
    count: histogram.count,
    mean: histogram.mean / NS_PER_MS,
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    p999: at(0.999),
    max: histogram.max / NS_PER_MS,
  };
}

/** Ends the run: what is lost, refused or cut must not look fast. */
export function fail(reason: string): never {
  console.error(`maru-load: ${reason}`);
  process.exit(2);
}

/** Resolves when the bench says "go on": a line on stdin. It may have been said before. */
export class Told {
  #lines = 0;
  #waiting: (() => void)[] = [];

  constructor() {
    process.stdin.on('data', (chunk: Buffer) => {
      this.#lines += chunk.toString('latin1').split('\n').length - 1;
      while (this.#lines > 0 && this.#waiting.length > 0) {
        this.#lines -= 1;
        this.#waiting.shift()?.();
      }
    });
    process.stdin.on('end', () => process.exit(3));
  }

  once(): Promise<void> {
    if (this.#lines > 0) {
      this.#lines -= 1;
      return Promise.resolve();
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    return promise;
  }
}
