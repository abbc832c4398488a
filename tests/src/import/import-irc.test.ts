import { describe, expect, test } from 'bun:test';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { findIrcLogs, NO_CONVERSATIONS } from '../real-data.ts';
import { maru, startMaru } from './maru.ts';
import { logInReader, readLines, signUpReader } from './reader.ts';

const LOGS = findIrcLogs();
const READER = 'mina';

/** A data folder in which somebody has signed up. */
async function withReader(dataFolder: string): Promise<void> {
  await using server = await ServerProcess.start({ dataFolder });
  await signUpReader(server.url, READER);
  expect(await server.terminate()).toBe(0);
}

/** What a server on the data folder tells the reader, room by room. */
async function readBack(dataFolder: string): Promise<Map<string, string>> {
  await using server = await ServerProcess.start({ dataFolder, flags: FREE_RATES });
  const api = await logInReader(server.url, READER);
  const logs = new Map<string, string>();
  for (const [name, room] of await rooms(api)) {
    const lines = await readLines(api, room);
    logs.set(name, lines.map((line) => `${line}\n`).join(''));
  }
  expect(await server.terminate()).toBe(0);
  return logs;
}

async function rooms(api: Api): Promise<[name: string, room: RoomId][]> {
  const { rooms: entries } = await api.getSync({ query: { eventsPerRoom: 1 } });
  for (const { unreadCount } of entries) expect(unreadCount).toBe(0);
  return entries.map(({ name = '', room }) => [name, room]);
}

function expectedOf(files: readonly string[]): Map<string, string> {
  return new Map(files.map((file) => [path.basename(file, '.raw.txt'), readFileSync(file, 'utf8')]));
}

test.skipIf(LOGS.length === 0)(
  LOGS.length === 0
    ? `real logs are imported whole (skipped: ${NO_CONVERSATIONS})`
    : '[ONCE1] real logs are imported whole, read back line by line as they are, and importing them again changes nothing',
  async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    await withReader(data);
    const files = [...LOGS, '--data', data, '--member', READER];
    const first = await maru('import', 'irc', ...files);
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    const expected = expectedOf(LOGS);
    const lines = [...expected.values()].reduce((sum, text) => sum + text.split('\n').length - 1, 0);
    expect(first.out.trimEnd().split('\n').at(-1)).toEndWith(`; ${lines} lines were new.`);
    expect(await readBack(data)).toEqual(expected);

    const second = await maru('import', 'irc', ...files);
    expect(second.out.trimEnd().split('\n').at(-1)).toEndWith('; 0 lines were new.');
    expect(await readBack(data)).toEqual(expected);
    const verified = await maru('verify', '--data', data, '--json');
    expect(JSON.parse(verified.out)).toMatchObject({ found: 0, findings: [] });
    expect(verified.code).toBe(0);
  },
);

/** A log of its own making: people who come, speak, act and go. */
function madeLog(lines: number): string {
  const made = Array.from({ length: lines }, (_, i) => {
    const time = `${String(Math.floor(i / 60) % 24).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
    const nick = `nick${i % 17}`;
    return [`[${time}] <${nick}> 줄 ${i}`, `[${time}]  * ${nick} acts`, `=== ${nick} has joined #maru`][
      i % 3
    ];
  });
  return `${made.join('\n')}\n`;
}

describe('an import', () => {
  test('[DUR1] [ONCE1] that is killed again and again is taken up, and ends the same', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    const file = path.join(folder.path, '2004-11-15_03.raw.txt');
    writeFileSync(file, madeLog(3_000));
    await withReader(data);
    const args = ['import', 'irc', file, '--data', data, '--member', READER];
    for (let kill = 1; kill <= 4; kill++) {
      const child = startMaru(...args);
      await grown(path.join(data, 'log.db-wal'), kill * 50_000, child);
      child.kill('SIGKILL');
      await child.exited;
    }
    expect((await maru(...args)).code).toBe(0);
    expect(await readBack(data)).toEqual(expectedOf([file]));
    expect((await maru('verify', '--data', data)).code).toBe(0);
  });

  test('is refused while a server runs on the data', async () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, 'log.txt');
    writeFileSync(file, '[00:00] <ann> hi\n');
    await using server = await ServerProcess.start();
    const { code, out, err } = await maru('import', 'irc', file, '--data', server.dataFolder);
    expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 2 });
    expect(err).toContain(server.dataFolder);
  });

  test('[LIMIT4] may have more members than a group here, and says so', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    const file = path.join(folder.path, 'log.txt');
    writeFileSync(file, Array.from({ length: 600 }, (_, i) => `[00:00] <n${i}> hi\n`).join(''));
    const { code, err } = await maru('import', 'irc', file, '--data', data);
    expect({ code, said: /601 members.*500/.test(err) }).toEqual({ code: 0, said: true });
  });

  test.each([
    ['of a file that is not there', ['irc', 'nowhere.txt'], 'nowhere.txt'],
    ['of another kind', ['slack', 'log.txt'], 'slack'],
    ['of a file that is not UTF-8', ['irc', 'latin1.txt'], 'UTF-8'],
    ['of one log twice', ['irc', 'log.txt', 'log.txt'], 'same log'],
    ['for somebody who is not there', ['irc', 'log.txt', '--member', 'nobody'], '@nobody'],
    ['of nothing', ['irc'], 'FILE'],
  ])('%s: one line that says so', async (_what, args, named) => {
    using folder = temporaryFolder();
    writeFileSync(path.join(folder.path, 'log.txt'), '[00:00] <ann> hi\n');
    writeFileSync(path.join(folder.path, 'latin1.txt'), Buffer.from('[00:00] <ann> caf\xe9\n', 'latin1'));
    const placed = args.map((arg) => (arg.endsWith('.txt') ? path.join(folder.path, arg) : arg));
    const { code, out, err } = await maru('import', ...placed, '--data', path.join(folder.path, 'data'));
    expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 2 });
    expect(err).toContain(named);
  });
});

/** Resolves when a file has grown to a size, or the process that makes it grow has ended. */
async function grown(
  file: string,
  bytes: number,
  child: { readonly exitCode: number | null },
): Promise<void> {
  while (child.exitCode === null && Bun.file(file).size < bytes) await Bun.sleep(1);
}
