import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startReference } from '../server/start-server.ts';
import { compileGenerator } from './compile.ts';
import { findGenerator } from './generator.ts';
import { readPlan, writePlan } from './plan.ts';

const compiled = compileGenerator();
const missing = 'reason' in compiled ? compiled.reason : undefined;
/** Messages a second. */
const RATE = 100;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'maru-bench-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Four sessions; 0 and 1 write to 2 and 3. */
function planOf(rooms: readonly (readonly [number, number])[]): string {
  const file = path.join(folder, `plan-${rooms.length}`);
  writePlan(file, {
    tokens: ['a', 'b', 'c', 'd'],
    rooms: rooms.map(([sender, receiver], index) => ({
      room: `room_0000000000000000000000000${index}`,
      sender,
      receiver,
    })),
  });
  return file;
}

test('a plan is read as it was written', () => {
  expect(readPlan(planOf([[0, 2]]))).toEqual({
    tokens: ['a', 'b', 'c', 'd'],
    rooms: [{ room: 'room_00000000000000000000000000', sender: 0, receiver: 2 }],
  });
});

for (const wanted of ['any', 'typescript'] as const) {
  const title =
    wanted === 'any' ? `in C${missing === undefined ? '' : ` (skipped: ${missing})`}` : 'in TypeScript';
  describe.skipIf(wanted === 'any' && missing !== undefined)(`the generator ${title}`, () => {
    // So long that a busy machine has a turn for everybody in it.
    const load = { warmupS: 0.05, seconds: 1, beatMs: 50 };

    test('follows every message to its answer and its arrival', async () => {
      const plan = planOf([
        [0, 2],
        [1, 3],
        [0, 3],
      ]);
      await using server = await startReference(
        'bare-pipeline',
        plan,
        '0',
        path.join(folder, `${wanted}.db`),
      );
      const generator = findGenerator(wanted);
      const full = await generator.run('pairs', { ...load, plan, port: server.port, window: 2 });
      expect(full.perSecond).toBeGreaterThan(0);
      expect(full.toReceived.count).toBe(full.toAccepted.count);
      expect(full.doubled).toBe(0);
      expect(full.toReceived.p50).toBeLessThanOrEqual(full.toReceived.p99);
      await using pacing = generator.start('pairs', { ...load, plan, port: server.port, rate: RATE });
      await pacing.phase('ready');
      const begun = performance.now();
      pacing.goOn();
      await pacing.phase('ended');
      const lastedS = (performance.now() - begun) / 1_000;
      const { sent } = await pacing.result();
      // All that fell due and nothing before its time, however late the machine lets it be sent and ended.
      expect(sent).toBeGreaterThanOrEqual(Math.floor(RATE * (load.warmupS + load.seconds)) - 1);
      expect(sent).toBeLessThanOrEqual(Math.floor(RATE * lastedS) + 1);
    });

    test('counts every delivery of every room', async () => {
      const plan = planOf([
        [0, 1],
        [2, 3],
      ]);
      await using server = await startReference('bare-publish', plan, '0', '400');
      const generator = findGenerator(wanted);
      const result = await generator.run('fan-out', { ...load, plan, port: server.port, window: 3 });
      expect(result.perSecond).toBeGreaterThan(0);
      expect(result.frameBytes).toBe(400);
    });

    test('holds sessions and beats', async () => {
      const plan = planOf([[0, 3]]);
      await using server = await startReference('bare-publish', plan, '0', '400');
      await using run = findGenerator(wanted).start('hold', { ...load, plan, port: server.port });
      await run.phase('ready');
      run.goOn();
      expect((await run.result()).sessions).toBe(4);
    });

    test('fails when a session is cut', async () => {
      const plan = planOf([[0, 3]]);
      await using server = await startReference('bare-publish', plan, '0', '400');
      await using run = findGenerator(wanted).start('hold', { ...load, plan, port: server.port });
      await run.phase('ready');
      await server[Symbol.asyncDispose]();
      // Not by `rejects`: the runner would not read the process while it waits.
      const fault = await run.result().catch(String);
      expect(fault).toContain('was closed');
    });
  });
}
