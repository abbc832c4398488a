import { expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { machineFigures } from '../../../main/machine-figures.ts';
import { composedServer } from '../../../main/testing/composed-server.ts';

test('[ADMIN9] administrators see numbers of the server at work, and nobody behind them', async () => {
  await using server = composedServer();
  const root = await server.person('zqroot', { administrator: true });
  const ada = await server.person('zqada');
  const figures = () => server.client.call('getFigures', { token: root.token });
  const before = await figures();
  expect(before).toMatchObject({ at: server.clock.now(), startedAt: server.clock.now(), sessions: 0 });
  const session = await server.open(ada.token);
  session.say({ kind: 'beat', state: 'active' });
  await session.take('beat');
  server.clock.advance(5_000);
  const after = await figures();
  expect(after).toMatchObject({ at: before.at + 5_000, startedAt: before.startedAt, sessions: 1 });
  expect(after.framesReceived).toBe(before.framesReceived + 2);
  expect(after.framesSent).toBeGreaterThan(before.framesSent);
  const body = { handle: 'zqada', password: 'wrong password', device: { name: 'x' } };
  await server.client.refused('logIn', { body });
  expect((await figures()).logInFailures).toBe(1);
  expect(JSON.stringify(await figures())).not.toContain('zq');
});

test('what the process and its data take is read from where they are', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-figures-'));
  writeFileSync(path.join(folder, 'log.db'), new Uint8Array(10_000));
  writeFileSync(path.join(folder, 'views.db'), new Uint8Array(5_000));
  const { dataBytes, memoryBytes, freeBytes, cpuMs } = await machineFigures(folder);
  rmSync(folder, { recursive: true });
  expect(dataBytes).toBe(15_000);
  for (const figure of [memoryBytes, freeBytes, cpuMs]) expect(figure).toBeGreaterThan(0);
});
