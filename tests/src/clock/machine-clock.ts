import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { nativeLayer } from '../native-layer.ts';

/** The clock of the machine that a process believes to be on; it may be set while the process runs. */
export class MachineClock implements Disposable {
  /** Under which a process sees this clock. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #descriptor: number;
  #offsetMs = 0;

  private constructor(library: string, file: string) {
    writeFileSync(file, new Uint8Array(8));
    this.#descriptor = openSync(file, 'r+');
    this.environment = { LD_PRELOAD: library, MARU_CLOCK_OFFSET: file };
  }

  /** A clock that goes right, kept in a folder. */
  static async in(folder: string): Promise<MachineClock> {
    return new MachineClock(await nativeLayer('offset-clock'), path.join(folder, 'clock offset'));
  }

  /** What the process should see. */
  get now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Sets it so far before the right time, or behind. */
  set(offsetS: number): void {
    // In place: the process has mapped the file.
    writeSync(this.#descriptor, BigInt64Array.of(BigInt(offsetS)), 0, 8, 0);
    this.#offsetMs = offsetS * 1_000;
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}
