import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { runMaru } from './processes.ts';

export interface ImportedLog {
  /** The data folder of a server that does not run. */
  readonly data: string;
  /** Where the log is written. */
  readonly folder: string;
  /** What the group is called. */
  readonly name: string;
  readonly lines: number;
  /** The handle of who reads it. */
  readonly member: string;
}

/** Lines that are written at a time. */
const WRITTEN_LINES = 10_000;
const PEOPLE = ['ann', 'ben', 'cho'] as const;

/** Makes a group of very many messages by the program's own import: as it would be had people said all that. */
export async function importLog({ data, folder, name, lines, member }: ImportedLog): Promise<void> {
  const log = path.join(folder, `${name}.txt`);
  const file = openSync(log, 'w');
  for (let from = 0; from < lines; from += WRITTEN_LINES) {
    const some = Array.from({ length: Math.min(WRITTEN_LINES, lines - from) }, (_, at) => lineOf(from + at));
    writeSync(file, some.join(''));
  }
  closeSync(file);
  await runMaru(['import', 'irc', log, '--data', data, '--member', member]);
}

/** As it stands in the log; its text begins with its number, and texts are of several lengths. */
function lineOf(at: number): string {
  const minute = Math.floor(at / 20) % (24 * 60);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  const text = 'what was said on the porch, 마루에서. '.repeat(1 + ((at * 7) % 4));
  return `[${time}] <${PEOPLE[at % PEOPLE.length]}> line ${at} ${text}\n`;
}
