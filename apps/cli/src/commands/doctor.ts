import { readConfig, settings } from '@maru/server';
import type { Command, ExitCode, Flags } from '../command.ts';
import { type Check, worst } from '../doctor/check.ts';
import { checkClock, readClock } from '../doctor/check-clock.ts';
import { checkDataFolder, nearestFolder } from '../doctor/check-data-folder.ts';
import { checkDisk } from '../doctor/check-disk.ts';
import { checkFileLimit } from '../doctor/check-file-limit.ts';
import { checkMemory } from '../doctor/check-memory.ts';
import { checkPort } from '../doctor/check-port.ts';
import { checkRuntime } from '../doctor/check-runtime.ts';
import { checkSpace } from '../doctor/check-space.ts';
import { printable, printableJson } from '../terminal/printable.ts';
import { table } from '../terminal/table.ts';
import { wholeNumber } from '../whole-number.ts';
import { orUsageError } from '../with-data-folder.ts';

const SESSIONS_DEFAULT = 1_000;
const SESSIONS_MAX = 1_000_000;

/** `maru doctor` */
export const doctor: Command = {
  about: [
    'Looks at what a server needs here: the data folder and its permissions, room on the disk, how quick the disk is (a',
    'real run of writes and fdatasync, two seconds at most), how many files may be open, the clock, the port, memory, the',
    'runtime. Says of each what it found, and what to change. It changes nothing, and may run beside a server.',
  ].join('\n'),
  options: {
    data: settings.data,
    host: settings.host,
    port: settings.port,
    sessions: {
      takes: 'COUNT',
      help: 'Sessions that are expected at once.',
      byDefault: String(SESSIONS_DEFAULT),
    },
    json: { help: 'Print {"state","checks"} in one line.' },
  },
  examples: [
    { line: 'maru doctor', does: 'Checks what maru serve would use.' },
    { line: 'maru doctor --data /srv/maru --sessions 15000', does: 'Another folder, and many people.' },
    { line: 'maru doctor --json | jq ".checks[] | select(.state != "ok")"', does: 'What is to be changed.' },
  ],
  exitCodes: {
    0: 'Everything is as it should be.',
    1: 'A server works here, and something should be changed.',
    2: "A server can't work here, or maru doctor was called wrongly.",
  },
  async run(flags) {
    const { dataFolder, host, port } = configOf(flags);
    const sessions = wholeNumber('sessions', flags.sessions ?? SESSIONS_DEFAULT, SESSIONS_MAX);
    const since = readClock();
    const folder = await nearestFolder(dataFolder);
    const checks = [
      checkRuntime(),
      await checkDataFolder(dataFolder),
      await checkSpace(folder),
      checkDisk(folder),
      await checkFileLimit(sessions),
      await checkMemory(sessions),
      await checkPort(host, port),
      // Last, so that some time has passed.
      await checkClock(since),
    ];
    if (flags.json === true) console.log(printableJson({ state: worst(checks), checks }));
    else for (const line of linesOf(checks)) console.log(line);
    return EXIT_CODES[worst(checks)];
  },
};

const EXIT_CODES: Readonly<Record<Check['state'], ExitCode>> = { ok: 0, warn: 1, fail: 2 };

function linesOf(checks: readonly Check[]): string[] {
  const rows = table(checks.map(({ state, name, found }) => [state, name, found]));
  return checks.flatMap(({ advice }, index) => [
    rows[index] ?? '',
    ...(advice === undefined ? [] : [`      ${printable(advice)}`]),
  ]);
}

/** @throws {UsageError} */
function configOf({ data, host, port }: Flags) {
  const given = { data, host, port };
  const flags = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  // Whether people can reach it safely is not what is asked here.
  return orUsageError(() => readConfig({ ...flags, insecure: true }, process.env));
}
