import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { maru } from '../import/maru.ts';
import { seedPeople } from '../processes/people.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { startTalk } from './talking.ts';

const NEWER = '2031-01-holograms';
const ACKNOWLEDGED = 100;

const folder = temporaryFolder();
const original = path.join(folder.path, 'data');
/** The same as a kill leaves it: with a write-ahead log. */
const killed = path.join(folder.path, 'killed');
/** What readers share while they look: no part of what is stored. */
const SHARED = 'log.db-shm';

beforeAll(async () => {
  const people = await seedPeople(original, ['가영', 'Bo']);
  await using server = await ServerProcess.start({ dataFolder: original });
  const { acknowledged, devices } = await startTalk(server.url, people);
  await acknowledged.more(ACKNOWLEDGED);
  await devices[Symbol.asyncDispose]();
  expect(await server.terminate()).toBe(0);
  // What a newer version would have done to it.
  using log = new Database(path.join(original, 'log.db'));
  log.run('CREATE TABLE holograms (position INTEGER PRIMARY KEY, hologram BLOB NOT NULL) STRICT');
  log.run('PRAGMA wal_autocheckpoint = 0');
  log.run('INSERT INTO migrations VALUES (?, 0)', [NEWER]);
  cpSync(original, killed, { recursive: true });
});
afterAll(() => folder[Symbol.dispose]());

test.each([
  ['serve', 'closed', original, ['--port', '0']],
  ['verify', 'closed', original, []],
  ['serve', 'killed', killed, ['--port', '0']],
  ['verify', 'killed', killed, []],
] as const)(
  '[DUR7] maru %s does not open a data folder of a newer version that was %s: one line says so, the code is 2, and not a byte is changed',
  async (command, end, left, flags) => {
    expect(existsSync(path.join(left, 'log.db-wal'))).toBe(end === 'killed');
    const copy = path.join(folder.path, `${command}-${end}`);
    cpSync(left, copy, { recursive: true });
    const before = contentsOf(copy);
    const { code, out, err } = await maru(command, ...flags, '--data', copy);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^maru: .*newer version.*\n$/);
    expect(err).toContain(path.join(copy, 'log.db'));
    expect(err).toContain(NEWER);
    expect(contentsOf(copy)).toEqual(before);
  },
);

/** Every file below a folder, with its bytes as a hash. */
function contentsOf(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => name !== SHARED && statSync(path.join(directory, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, Bun.SHA256.hash(readFileSync(path.join(directory, name)), 'hex')]),
  );
}
