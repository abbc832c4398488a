import { afterAll, describe, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { checkDataFolder, nearestFolder } from './check-data-folder.ts';
import { checkPort } from './check-port.ts';
import { listeningInodes } from './listening-process.ts';
import { measureFsync, percentile } from './measure-fsync.ts';

const root = mkdtempSync(path.join(tmpdir(), 'maru-doctor-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const isRoot = userInfo().uid === 0;

describe('the data folder', () => {
  test('may be missing where it can be made', async () => {
    const folder = path.join(root, 'not', 'there');
    expect(await checkDataFolder(folder)).toMatchObject({ state: 'ok', values: { above: root } });
    expect(await nearestFolder(folder)).toBe(root);
    expect(readdirSync(root)).not.toContain('not');
  });

  test('is for its owner alone', async () => {
    const folder = path.join(root, 'open');
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    const open = await checkDataFolder(folder);
    expect(open).toMatchObject({ state: 'warn', values: { mode: '755' } });
    expect(open.advice).toContain(`chmod 700 ${folder}`);
    chmodSync(folder, 0o700);
    expect((await checkDataFolder(folder)).state).toBe('ok');
  });

  test('is a folder', async () => {
    const file = path.join(root, 'file');
    writeFileSync(file, '');
    expect((await checkDataFolder(file)).state).toBe('fail');
  });

  test.skipIf(isRoot)(`may be written${isRoot ? ' (skipped: root may write everywhere)' : ''}`, async () => {
    const folder = path.join(root, 'closed');
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    expect((await checkDataFolder(folder)).state).toBe('fail');
    expect((await checkDataFolder(path.join(folder, 'deeper'))).state).toBe('fail');
    chmodSync(folder, 0o700);
  });
});

test('the disk is measured by writes of its own, of which nothing stays', () => {
  const folder = path.join(root, 'disk');
  mkdirSync(folder);
  const times = measureFsync(folder);
  expect(times.length).toBeGreaterThan(0);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(percentile(times, 0.99)).toBeGreaterThanOrEqual(percentile(times, 0.5));
  expect(readdirSync(folder)).toEqual([]);
  expect(() => measureFsync(path.join(root, 'nowhere'))).toThrow();
});

describe('the port', () => {
  test('is free, or in use by a program that is named where the system says', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const used = await checkPort('127.0.0.1', port);
    expect(used.state).toBe('fail');
    if (process.platform === 'linux') expect(used.found).toContain(`(pid ${process.pid})`);
    await new Promise((resolve) => server.close(resolve));
    expect(await checkPort('127.0.0.1', port)).toMatchObject({ state: 'ok' });
  });

  test('of a Maru server is no fault', async () => {
    const about = { name: 'maru', version: '9.9.9' };
    await using maru = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => Response.json(about) });
    const { state, found } = await checkPort('127.0.0.1', maru.port ?? 0);
    expect([state, found]).toEqual(['ok', expect.stringContaining('a Maru server 9.9.9 runs')]);
  });

  test('of an address of another machine is none', async () => {
    expect(await checkPort('192.0.2.1', 8_787)).toMatchObject({ state: 'fail' });
  });

  test('is looked up among those that listen', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:2253 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1',
      '   1: 0100007F:2253 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1',
      '   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 22 1',
    ].join('\n');
    expect(listeningInodes(table, 8_787)).toEqual(['4711']);
    expect(listeningInodes(table, 22)).toEqual(['22']);
    expect(listeningInodes(table, 80)).toEqual([]);
  });
});
