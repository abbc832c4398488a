import type { UserId } from '@maru/protocol';
import { type Engine, workOffline } from '@maru/server';
import { type Command, type ExitCode, type Flags, UsageError } from '../command.ts';
import { ImportRefused, type ImportResult, importLog } from '../import-irc/import-log.ts';
import { roomOfLog } from '../import-irc/log-ids.ts';
import type { ImportedLog } from '../import-irc/parse-log.ts';
import { readLog } from '../import-irc/read-log.ts';
import { Progress } from '../progress.ts';
import { complain } from '../terminal/complain.ts';
import { dataOption, type OpenDataFolder, withDataFolder } from '../with-data-folder.ts';

/** `maru import irc FILE…` */
export const importLogs: Command = {
  takes: 'irc FILE…',
  positionals: [2, Number.POSITIVE_INFINITY],
  about: [
    'Makes a group of each log, named after its file. Its people become accounts that nobody can log in to, with their',
    'nicknames as names; messages keep the time that they were said at (from the date in the file name and the time in',
    'the line), and lines without text are kept as they are. A log has lines like "[09:14] <nick> text" in UTF-8.',
    '',
    'Importing a log again changes nothing; one that was cut off is taken up, and one that has grown is continued.',
  ].join('\n'),
  options: {
    data: dataOption,
    member: { takes: 'HANDLE,…', help: 'Accounts that become members of the groups, to read them.' },
  },
  examples: [
    { line: 'maru import irc logs/2004-11-15.txt --member mina', does: 'Imports a log for @mina to read.' },
    { line: 'maru import irc logs/*.txt --data ./data', does: 'Imports many, into the data folder ./data.' },
  ],
  exitCodes: {
    0: 'Everything is imported, now or before.',
    1: 'A log could not be imported, or not to its end; importing again takes it up.',
    2: "A wrong option, a file that can't be read, or a data folder that can't be used; nothing was changed.",
  },
  async run(flags, [format, ...files]) {
    if (format !== 'irc') {
      throw new UsageError(`There is no import of ${format}; see maru import --help.`);
    }
    const logs = await Promise.all(files.map(readLog));
    refuseDoubles(logs, files);
    return withDataFolder(flags, (open) => runImport(logs, open, flags));
  },
};

async function runImport(
  logs: readonly ImportedLog[],
  open: OpenDataFolder,
  flags: Flags,
): Promise<ExitCode> {
  const readers = await findReaders(open.engine, flags.member);
  await using offline = workOffline(open.engine);
  const progress = new Progress(logs.reduce((sum, { lines }) => sum + lines.length, 0));
  const results: ImportResult[] = [];
  let done = 0;
  try {
    for (const log of logs) {
      const importing = importLog(log, {
        engine: open.engine,
        rooms: offline.rooms,
        now: Date.now,
        readers,
        onProgress: (lines) => progress.update(done + lines, log.name),
      });
      const result = await Promise.race([importing, offline.broken]);
      results.push(result);
      done += result.lines;
      report(log, result, progress, open);
    }
  } catch (error) {
    progress.end();
    if (!(error instanceof ImportRefused)) throw error;
    complain(`${error.message} Import again to go on from there.`);
    return 1;
  }
  progress.end();
  console.log(summaryOf(logs, results));
  return 0;
}

function report(
  log: ImportedLog,
  result: ImportResult,
  progress: Progress,
  { groupMembersMax }: OpenDataFolder,
): void {
  const { added, lines, members } = result;
  if (!progress.visible)
    console.log(`${log.name}: ${lines} lines, ${added} of them new; ${log.nicks.length} people.`);
  if (members <= groupMembersMax) return;
  progress.end();
  complain(
    `${log.name} has ${members} members, more than the ${groupMembersMax} that groups may have here; ` +
      'nobody can be added to it.',
  );
}

function summaryOf(logs: readonly ImportedLog[], results: readonly ImportResult[]): string {
  const total = (of: (result: ImportResult) => number) =>
    results.reduce((sum, result) => sum + of(result), 0);
  const people = new Set(logs.flatMap(({ nicks }) => nicks)).size;
  const said = `${logs.length} logs with ${total(({ lines }) => lines)} lines of ${people} people`;
  return `Imported ${said}; ${total(({ added }) => added)} lines were new.`;
}

async function findReaders(engine: Engine, given: Flags[string]): Promise<UserId[]> {
  const handles =
    typeof given === 'string' ? given.split(',').map((handle) => handle.trim().replace(/^@/, '')) : [];
  const readers: UserId[] = [];
  for (const handle of handles) {
    const account = await engine.directory.userByHandle(handle);
    if (account === undefined || account.deletedAt !== undefined) {
      throw new UsageError(
        `There is no account @${handle} in this data folder: sign up first, or leave --member out.`,
      );
    }
    readers.push(account.user);
  }
  return readers;
}

/** Two files that would become one group. */
function refuseDoubles(logs: readonly ImportedLog[], files: readonly string[]): void {
  const seen = new Map<string, string | undefined>();
  for (const [index, log] of logs.entries()) {
    const room = roomOfLog(log);
    if (seen.has(room)) {
      throw new UsageError(`${seen.get(room)} and ${files[index]} are the same log: name it once.`);
    }
    seen.set(room, files[index]);
  }
}
