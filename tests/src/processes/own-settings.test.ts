import { expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MemoryStore } from '@maru/client';
import { roomSettingName, type Seq } from '@maru/protocol';
import { apiOf, Devices } from './devices.ts';
import { seedPeople } from './people.ts';
import { FREE_RATES, ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { verifyFindings } from './verify-findings.ts';

const PATIENCE = AbortSignal.timeout(50_000);

test('[OWN1][OWN2][OWN5][DUR1] a setting that was acknowledged outlives kill -9, and reaches the other device', async () => {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder());
  const dataFolder = path.join(folder.path, 'data');
  const [person, other] = await seedPeople(dataFolder, ['가영', 'Bo']);
  const [phone, laptop] = person?.devices ?? [];
  if (phone === undefined || laptop === undefined || other === undefined) throw new Error('two people');
  const server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));

  const devices = stack.use(new Devices(server.url));
  const laptopStore = new MemoryStore();
  const before = await devices.open(laptop, { store: laptopStore });
  const { room, sending } = await before.commands.openDirect(other.user);
  await sending?.outcome();
  const said: Seq[] = [];
  for (const text of ['one', 'two']) {
    const outcome = await (await before.commands.send(room, text)).outcome();
    if (outcome.kind === 'accepted') said.push(outcome.seq);
  }
  // It was in step once, and is away when it happens.
  await before[Symbol.asyncDispose]();
  devices.clients.splice(0);

  const api = apiOf(server.url, phone);
  const set = (name: string, value: unknown) => api.putSetting({ params: { name }, body: { value } });
  await set(roomSettingName('draft', room), { text: 'a secret that was typed and taken back' });
  await set(roomSettingName('draft', room), { text: '쓰다 만 글' });
  await set(roomSettingName('hidden', room), [[said[1], said[1]]]);
  await set(roomSettingName('room', room), { mute: { until: 'ever', mentions: true }, pinned: 1 });
  await server.kill9();
  await server.restart();

  const after = await devices.open(laptop, { store: laptopStore });
  await after.online(PATIENCE);
  await after.open(room);
  const snapshot = after.room(room);
  expect(snapshot).toMatchObject({
    draft: { text: '쓰다 만 글' },
    muted: { until: 'ever', mentions: true },
    pinned: true,
  });
  expect(snapshot?.messages.map(({ seq }) => seq)).not.toContain(said[1]);
  await after.until(() => after.room(room)?.latest?.seq === said[0], PATIENCE);
  expect(devices.faults).toEqual([]);
  await devices[Symbol.asyncDispose]();
  await server.terminate();
  expect(filesWith(dataFolder, 'a secret')).toEqual([]);
  expect(filesWith(dataFolder, '쓰다 만 글')).toEqual(['log.db']);
  expect(await verifyFindings(dataFolder)).toEqual([]);
}, 60_000);

/** Files of a folder that hold a text somewhere. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(path.join(folder, name)).includes(text));
}
