import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Figures } from '@maru/protocol';

export type MachineFigures = NonNullable<Figures['machine']>;

/** What this process takes, and how much lies in its data folder and is left beside it. */
export async function machineFigures(dataFolder: string): Promise<MachineFigures> {
  const [files, disk] = await Promise.all([readdir(dataFolder), statfs(dataFolder)]);
  const sizes = await Promise.all(files.map((file) => sizeOf(path.join(dataFolder, file))));
  const { user, system } = process.cpuUsage();
  return {
    memoryBytes: process.memoryUsage.rss(),
    cpuMs: Math.round((user + system) / 1_000),
    dataBytes: sizes.reduce((sum, size) => sum + size, 0),
    freeBytes: disk.bavail * disk.bsize,
  };
}

/** A file may go between its name and its size: a log that was folded into its database. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}
