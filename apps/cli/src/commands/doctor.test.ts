import { expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { maru, serve, temporaryFolder } from '../testing/running-server.ts';

const NAMES = ['runtime', 'data-folder', 'space', 'disk', 'file-limit', 'memory', 'port', 'clock'];
const CODES = { ok: 0, warn: 1, fail: 2 } as const;

interface Said {
  readonly state: keyof typeof CODES;
  readonly checks: readonly { name: string; state: keyof typeof CODES; found: string; advice?: string }[];
}

test('every look is told, for people and for programs, and the worst is the exit code', async () => {
  using data = temporaryFolder();
  const told = await maru('doctor', '--data', data.path, '--port', '0', '--json');
  const said: Said = JSON.parse(told.out);
  expect(said.checks.map(({ name }) => name)).toEqual(NAMES);
  expect(told.code).toBe(CODES[said.state]);
  for (const { state, advice } of said.checks) expect(advice === undefined).toBe(state === 'ok');
  expect(readdirSync(data.path)).toEqual([]);
  const shown = await maru('doctor', '--data', data.path, '--port', '0');
  for (const name of NAMES) expect(shown.out).toMatch(new RegExp(`^(ok|warn|fail) +${name} `, 'm'));
});

test('what is to be changed is said with how, and ends with 1', async () => {
  using data = temporaryFolder();
  const { code, out } = await maru('doctor', '--data', data.path, '--port', '0', '--sessions', '1000000');
  const limit = /^(\w+) +file-limit .*\n( {6}Raise it: .*)?/m.exec(out);
  // Where files are unlimited there is nothing to change.
  if (limit?.[1] === 'warn') {
    expect(code).toBeGreaterThanOrEqual(1);
    expect(limit[2]).toContain('LimitNOFILE=1000100');
  } else {
    expect(limit?.[1]).toBe('ok');
  }
});

test('where no server can work it ends with 2, and so does a wrong option', async () => {
  expect(await maru('doctor', '--data', '/dev/null', '--port', '0')).toMatchObject({ code: 2, err: '' });
  expect(await maru('doctor', '--sessions', '0')).toMatchObject({ code: 2, out: '' });
  expect(await maru('doctor', '--port', 'x')).toMatchObject({ code: 2, out: '' });
});

test('beside a server that runs, it says so and disturbs nothing', async () => {
  using data = temporaryFolder();
  await using server = await serve(data.path);
  const port = new URL(server.url).port;
  const { out } = await maru('doctor', '--data', data.path, '--port', port);
  expect(out).toMatch(/^ok +port +a Maru server \S+ runs on /m);
  expect(out).toMatch(/^ok +data-folder /m);
  expect((await fetch(`${server.url}/v1/server`)).status).toBe(200);
});
