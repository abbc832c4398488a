import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../command.ts';
import { type ImportedLog, parseLog } from './parse-log.ts';

/**
 * Reads a log's file.
 * @throws {UsageError} where it can't be read, or is not UTF-8: what it says could not be kept to the byte
 */
export async function readLog(file: string): Promise<ImportedLog> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new UsageError(`${file} can't be read: name a file that may be.`, { cause });
  });
  return parseLog(path.basename(file), linesOf(decode(file, bytes)));
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`${file} is not UTF-8: convert it first, as with iconv -f latin1 -t utf-8.`, {
      cause,
    });
  }
}

/** A line end at the end of the file begins no other line. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
