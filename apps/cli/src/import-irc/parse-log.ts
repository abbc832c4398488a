import { parseLine } from './parse-line.ts';

const DAY_MS = 86_400_000;

/** A line as it becomes an event. */
export interface ImportedLine {
  /** Who wrote it, or whom it is about; `undefined` for a line that names nobody. */
  readonly nick: string | undefined;
  /** Milliseconds since the epoch: the log's day, the line's minute; that of the line before where it has none. */
  readonly sentAt: number;
  /** What was said, where the line can be made again from it. */
  readonly text: string | undefined;
  readonly line: string;
}

export interface ImportedLog {
  /** The file's name without `.raw.txt` or `.txt`. */
  readonly name: string;
  readonly lines: readonly ImportedLine[];
  /** Everybody who is named, in order of appearance. */
  readonly nicks: readonly string[];
}

/**
 * Reads a log. The day is taken from the file's name (`2004-11-15_03.raw.txt`); a log that passes midnight, which shows
 * as a clock that falls by more than an hour, goes on with the next day. Without a date in the name the day is unknown
 * and the first of January 1970 stands for it.
 *
 * @param lines the file's lines without their line ends
 */
export function parseLog(fileName: string, lines: readonly string[]): ImportedLog {
  let day = Date.parse(`${/\d{4}-\d\d-\d\d/.exec(fileName)?.[0] ?? '1970-01-01'}T00:00:00Z`);
  let minute = 0;
  const nicks = new Set<string>();
  const imported = lines.map((line): ImportedLine => {
    const parsed = parseLine(line);
    if (parsed.minute !== undefined) {
      if (parsed.minute < minute - 60) day += DAY_MS;
      minute = parsed.minute;
    }
    if (parsed.nick !== undefined) nicks.add(parsed.nick);
    return {
      nick: parsed.nick,
      sentAt: day + minute * 60_000,
      text: parsed.kind === 'said' ? parsed.text : undefined,
      line,
    };
  });
  return { name: fileName.replace(/(\.raw)?\.txt$/, ''), lines: imported, nicks: [...nicks] };
}
