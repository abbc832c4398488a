import { type BenchTown, type BenchTownOptions, makeBenchTown } from './bench-town.ts';
import type { Row } from './figure.ts';
import { measureFirstMessage } from './measures/first-message.ts';
import { measureFlood } from './measures/flood.ts';
import { measureLighthouse } from './measures/lighthouse.ts';
import { measureLongRoom } from './measures/long-room.ts';
import { measureLongText } from './measures/long-text.ts';
import { measureMemory } from './measures/memory.ts';
import { measureNpmStart } from './measures/npm-start.ts';
import { measureRooms } from './measures/rooms.ts';
import { measureScrolling } from './measures/scrolling.ts';
import { measureSize } from './measures/size.ts';
import { measureStart } from './measures/start.ts';
import { measureTyping } from './measures/typing.ts';

/** How much of everything. */
export interface Amounts {
  readonly starts: number;
  /** Messages of the room that is scrolled through, and how many are scrolled over. */
  readonly longRoom: { readonly messages: number; readonly scrolled: number };
  readonly audits: number;
  readonly opens: number;
  readonly keys: number;
  readonly scrollSteps: number;
  readonly floodSeconds: number;
  readonly memoryRounds: number;
  /** No round begins later. */
  readonly memoryMs: number;
}

export interface BenchWebOptions extends BenchTownOptions, Amounts {
  /** Those of `MEASURES` to take; absent: all. */
  readonly only?: readonly string[];
  /** Told of each row as it is there. */
  readonly onRow?: (row: Row) => void;
}

/** Of the app in a browser, in this order. */
const IN_TOWN: Readonly<Record<string, (town: BenchTown, amounts: Amounts) => Promise<readonly Row[]>>> = {
  'first-message': (town, { starts }) => measureFirstMessage(town, starts),
  start: (town, { starts }) => measureStart(town, starts),
  rooms: (town, { opens }) => measureRooms(town, opens),
  typing: (town, { keys }) => measureTyping(town, keys),
  scrolling: (town, { scrollSteps }) => measureScrolling(town, scrollSteps),
  text: (town) => measureLongText(town),
  lighthouse: (town, { audits }) => measureLighthouse(town, audits),
  flood: (town, { floodSeconds }) => measureFlood(town, floodSeconds),
  memory: (town, { memoryRounds, memoryMs }) => measureMemory(town, memoryRounds, memoryMs),
};

export const MEASURES: readonly string[] = ['size', 'npm', 'long-room', ...Object.keys(IN_TOWN)];

/** A measure that takes longer is given up: the others are taken all the same. */
const MEASURE_MS_MAX = 240_000;
/** Some hundred thousand messages a minute are imported. */
const LONG_ROOM_MS_MAX = 1_200_000;

/** Measures the built app in Chromium, with a server of its own. What can't be measured is a row, too. */
export async function runBenchWeb(options: BenchWebOptions): Promise<Row[]> {
  const { only = MEASURES, onRow = () => undefined } = options;
  const rows: Row[] = [];
  const take = async (
    name: string,
    measure: () => Promise<readonly Row[]> | readonly Row[],
    ms = MEASURE_MS_MAX,
  ) => {
    if (!only.includes(name)) return;
    const more = await within((async () => measure())(), ms).catch((error: unknown): Row[] => [
      { metric: name, failed: String(error).split('\n', 1)[0] ?? '' },
    ]);
    rows.push(...more);
    for (const row of more) onRow(row);
  };
  await take('size', () => measureSize(options.web));
  await take('npm', () => measureNpmStart(options.starts));
  await take('long-room', () => measureLongRoom(options, options.longRoom), LONG_ROOM_MS_MAX);
  if (!only.some((name) => name in IN_TOWN)) return rows;
  await using town = await makeBenchTown(options);
  rows.push(town.filling);
  onRow(town.filling);
  for (const [name, measure] of Object.entries(IN_TOWN)) await take(name, () => measure(town, options));
  return rows;
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`took more than ${ms / 1000} s`)), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
