import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { compileGenerator } from '../load/compile.ts';
import { findGenerator } from '../load/generator.ts';
import { type PlanShape, writePlan } from '../load/plan.ts';
import { startProgram } from '../server/start-server.ts';

const compiled = compileGenerator();
const missing = 'reason' in compiled ? compiled.reason : undefined;
let folder = '';
let plan = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'maru-peer-test-'));
  plan = path.join(folder, 'plan');
  const rooms = [
    { room: 'first', sender: 0, receiver: 1 },
    { room: 'second', sender: 2, receiver: 3 },
  ];
  writePlan(plan, { tokens: ['a', 'b', 'c', 'd'], rooms });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Variant = readonly [commits: 'message' | 'tick' | 'bundle', engine: 'bun' | 'node'];

async function start(shape: PlanShape, variant: Variant) {
  const database = path.join(mkdtempSync(path.join(folder, 'peer-')), 'peer.db');
  const program = path.join(import.meta.dir, 'socket-io-server.ts');
  const server = await startProgram(process.execPath, program, plan, shape, database, ...variant);
  return { server, database };
}

/** A session that speaks Socket.IO in its raw packets; `next` waits for the next one that is no ping. */
async function connect(port: number, token: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  const packets: string[] = [];
  const waiting: ((packet: string) => void)[] = [];
  socket.addEventListener('message', ({ data }) => {
    const packet = String(data);
    if (packet === '2') return socket.send('3');
    const resolve = waiting.shift();
    if (resolve === undefined) packets.push(packet);
    else resolve(packet);
  });
  const next = (): Promise<string> => {
    const packet = packets.shift();
    return packet === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(packet);
  };
  expect(await next()).toStartWith('0{');
  socket.send(`40${JSON.stringify({ token })}`);
  return { next, send: (packet: string) => socket.send(packet), [Symbol.dispose]: () => socket.close() };
}

function message(room: string, clientMessageId: string): string {
  return JSON.stringify(['message', { room, clientMessageId, text: '안녕' }]);
}

const variants: readonly Variant[] = [
  ['message', 'bun'],
  ['tick', 'node'],
  ['tick', 'bun'],
  ['bundle', 'bun'],
];

for (const variant of variants) {
  describe(`the peer that commits by ${variant[0]} on the engine for ${variant[1]}`, () => {
    test('answers when the message is stored, and delivers it to the other', async () => {
      await using peer = (await start('direct', variant)).server;
      using a = await connect(peer.port, 'a');
      using b = await connect(peer.port, 'b');
      expect(await a.next()).toStartWith('40{');
      expect(await b.next()).toStartWith('40{');
      a.send(`427${message('first', 'one')}`);
      a.send(`428${message('first', 'two')}`);
      expect(await a.next()).toMatch(/^437\[\{"seq":1,"at":\d+\}\]$/);
      expect(await a.next()).toMatch(/^438\[\{"seq":2,"at":\d+\}\]$/);
      const heard: string[] = [];
      while (heard.length < 2) {
        const [name, room, messages] = JSON.parse((await b.next()).slice(2));
        expect([name, room]).toEqual(['messages', 'first']);
        for (const { clientMessageId, sender, text } of messages) {
          expect([sender, text]).toEqual(['a', '안녕']);
          heard.push(clientMessageId);
        }
      }
      expect(heard).toEqual(['one', 'two']);
      // The next that a hears is the answer to this, and no echo of its own.
      a.send(`429${message('second', 'three')}`);
      expect(await a.next()).toBe('439[{"error":"not-a-member"}]');
    });

    test('has stored what it answered when it is killed', async () => {
      const { server, database } = await start('direct', variant);
      await using peer = server;
      using a = await connect(peer.port, 'a');
      expect(await a.next()).toStartWith('40{');
      a.send(`420${message('first', 'one')}`);
      expect(await a.next()).toStartWith('430[{"seq":1');
      await peer[Symbol.asyncDispose]();
      using stored = new DatabaseSync(database);
      expect(stored.prepare('SELECT seq, room, sender, client_message_id, text FROM messages').all()).toEqual(
        [{ seq: 1, room: 'first', sender: 'a', client_message_id: 'one', text: '안녕' }],
      );
    });

    test('lets nobody in without a token it knows', async () => {
      await using peer = (await start('direct', variant)).server;
      using stranger = await connect(peer.port, 'stranger');
      expect(await stranger.next()).toBe('44{"message":"unknown token"}');
    });

    const title = `is loaded by the generator in C${missing === undefined ? '' : ` (skipped: ${missing})`}`;
    test.skipIf(missing !== undefined)(title, async () => {
      // So long that a busy machine has a turn for everybody in it.
      const load = { plan, dialect: 'socket.io', window: 3, warmupS: 0.05, seconds: 1 };
      const generator = findGenerator();
      await using direct = (await start('direct', variant)).server;
      const pairs = await generator.run('pairs', { ...load, port: direct.port });
      expect(pairs.perSecond).toBeGreaterThan(0);
      expect(pairs.doubled).toBe(0);
      expect(pairs.toReceived.count).toBe(pairs.toAccepted.count);
      await using groups = (await start('groups', variant)).server;
      const fanOut = await generator.run('fan-out', { ...load, port: groups.port });
      expect(fanOut.perSecond).toBeGreaterThan(0);
      await using held = generator.start('hold', { ...load, port: groups.port });
      await held.phase('ready');
      held.goOn();
      expect((await held.result()).sessions).toBe(4);
    });
  });
}
