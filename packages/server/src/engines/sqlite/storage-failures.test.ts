import { expect, test } from 'bun:test';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expectAnswersOfReplay } from './testing/all-answers.ts';
import { openForTest } from './testing/open-for-test.ts';
import { type Child, runChild } from './testing/run-child.ts';
import { scratchFolder } from './testing/scratch-folder.ts';

/** Starting processes takes long on a machine that is busy. */
const PROCESS_TEST_MS = 60_000;

const APPENDING = new URL('./testing/appending-child.ts', import.meta.url);

const scratch = scratchFolder();

async function ask(child: Child, line: string): Promise<string | undefined> {
  child.say(line);
  return child.line();
}

const noLimits = process.platform === 'win32' ? ' (skipped: no file size limit on Windows)' : '';
test.skipIf(noLimits !== '')(
  `[DUR3] a full disk refuses an append whole, and the next goes through once there is room${noLimits}`,
  async () => {
    const folder = scratch.next();
    // The signal that comes with the limit is ignored, as it would end the process.
    const wrap = ['sh', '-c', 'trap "" XFSZ; exec "$@"', '--'];
    await using child = runChild(APPENDING, [folder], { wrap });
    expect(await child.line()).toBe('open');
    expect(await ask(child, 'append 10')).toBe('11');
    expect(await ask(child, 'limit 100000')).toBe('limited');
    expect(await ask(child, 'append 1200')).toBe('storage-unavailable');
    expect(await ask(child, 'append 1200')).toBe('storage-unavailable');
    expect(await ask(child, 'append 1')).toBe('12');
    expect(await ask(child, 'limit 1000000000')).toBe('limited');
    expect(await ask(child, 'append 1200')).toBe('1212');
    await child.kill('SIGKILL');
    await using engine = await openForTest(folder);
    await expectAnswersOfReplay(engine);
    expect(engine.log.head).toBe(1212 as typeof engine.log.head);
  },
  PROCESS_TEST_MS,
);

const shim = compileShim();
const noShim = shim === undefined ? ' (skipped: needs Linux and cc)' : '';
test.skipIf(shim === undefined)(
  `[DUR4] after a failed fsync nothing is stored any more, and what was acknowledged is there${noShim}`,
  async () => {
    const folder = scratch.next();
    const switchFile = path.join(scratch.path, 'fail');
    const env = { LD_PRELOAD: shim ?? '', FAIL_FSYNC: switchFile };
    await using child = runChild(APPENDING, [folder], { env });
    expect(await child.line()).toBe('open');
    expect(await ask(child, 'append 10')).toBe('11');
    writeFileSync(switchFile, '');
    expect(await ask(child, 'append 10')).toBe('storage-broken');
    // The disk says that all is well again. It can't be believed.
    rmSync(switchFile);
    expect(await ask(child, 'append 10')).toBe('storage-broken');
    await child.kill('SIGKILL');
    await using engine = await openForTest(folder);
    await expectAnswersOfReplay(engine);
    expect(engine.log.head).toBeGreaterThanOrEqual(11);
  },
  PROCESS_TEST_MS,
);

test(
  '[DUR1] what an append has resolved for survives kill -9',
  async () => {
    const folder = scratch.next();
    let acknowledged = 0;
    for (let round = 0; round < 2; round++) {
      await using child = runChild(APPENDING, [folder]);
      expect(await child.line()).toBe('open');
      for (let i = 0; i < 20; i++) child.say('append 20');
      for (let i = 0; i < 5 + round; i++) acknowledged = Number(await child.line());
      await child.kill('SIGKILL');
    }
    await using engine = await openForTest(folder);
    await expectAnswersOfReplay(engine);
    expect(engine.log.head).toBeGreaterThanOrEqual(acknowledged);
  },
  PROCESS_TEST_MS,
);

/** Path of the library that makes fsync fail; `undefined` where it can't be made. */
function compileShim(): string | undefined {
  if (process.platform !== 'linux' || Bun.which('cc') === null) return undefined;
  const library = path.join(scratch.path, 'failing-fsync.so');
  const source = path.join(import.meta.dir, 'testing', 'failing-fsync.c');
  const { exitCode } = Bun.spawnSync(['cc', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  return exitCode === 0 ? library : undefined;
}
