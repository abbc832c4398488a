import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { median } from '../measure/median.ts';

const SYNCS = 40;

/** What the figures were measured on, as lines to print. */
export function describeMachine(folder: string): string[] {
  const cpus = os.cpus();
  const model = cpus[0]?.model.trim() ?? 'unknown processor';
  const gigabytes = (os.totalmem() / 2 ** 30).toFixed(1);
  return [
    `machine: ${cpus.length} × ${model}, ${gigabytes} GiB, ${os.type()} ${os.release()} ${os.arch()}, Bun ${Bun.version}`,
    `disk: ${path.resolve(folder)}, fdatasync of 4 KiB in ${syncMilliseconds(folder).toFixed(3)} ms (median of ${SYNCS})`,
  ];
}

/** What one durable write costs here: all figures with an fsync in them stand on it. */
function syncMilliseconds(folder: string): number {
  const scratch = mkdtempSync(path.join(folder, 'sync-'));
  const file = openSync(path.join(scratch, 'file'), 'w');
  const block = new Uint8Array(4096).fill(1);
  const times: number[] = [];
  for (let i = 0; i < SYNCS; i++) {
    const begin = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    times.push(performance.now() - begin);
  }
  closeSync(file);
  rmSync(scratch, { recursive: true });
  return median(times);
}
