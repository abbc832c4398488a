import { expect, test } from 'bun:test';
import { whyNoNativeLayer } from '../native-layer.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { MachineClock } from './machine-clock.ts';

const HOUR_S = 3_600;
const why = whyNoNativeLayer();
const title = 'the layer sets the time of day, also for threads, and no other clock and no timer';

/** Says the time of day, in a thread too, and how long it has run, whenever it is asked. */
const TELLING = `
  const thread = new Worker(URL.createObjectURL(new Blob(['onmessage = () => postMessage(Date.now())'])));
  for await (const _line of console) {
    const begin = performance.now();
    await Bun.sleep(50);
    const slept = performance.now() - begin;
    thread.postMessage('');
    thread.onmessage = ({ data }) => console.log(JSON.stringify([slept, Date.now(), +new Date(), data]));
  }`;

// Shows that the instrument works: that Bun asks the C library for the time, and not the system behind its back.
test.skipIf(why !== undefined)(why === undefined ? title : `${title} (skipped: ${why})`, async () => {
  using folder = temporaryFolder();
  using clock = await MachineClock.in(folder.path);
  await using child = Bun.spawn([process.execPath, '-e', TELLING], {
    env: { ...process.env, ...clock.environment },
    stdin: 'pipe',
    stdout: 'pipe',
  });
  const reader = child.stdout.getReader();
  for (const offsetS of [0, -HOUR_S, HOUR_S]) {
    clock.set(offsetS);
    child.stdin.write('?\n');
    child.stdin.flush();
    const line = new TextDecoder().decode((await reader.read()).value);
    const [slept, ...told] = JSON.parse(line) as number[];
    expect(told).toHaveLength(3);
    for (const time of told) expect(Math.abs(time - clock.now)).toBeLessThan(10_000);
    expect(slept).toBeWithin(40, 10_000);
  }
});
