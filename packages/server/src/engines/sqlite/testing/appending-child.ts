/**
 * A process that appends to the data folder it is given. It prints `open`, then the log's head after each append that
 * was asked for by a line `append COUNT`, or the error's code. `limit BYTES` sets how large a file it may write.
 */
import { createInterface } from 'node:readline';
import { Script } from '../../../ports/testing/script.ts';
import { limitFileSize } from './limit-file-size.ts';
import { openForTest } from './open-for-test.ts';

const [dataDir = ''] = process.argv.slice(2);
const engine = await openForTest(dataDir);
const script = new Script(engine.log.head);
const ana = script.person();
const created = script.group(ana);
await engine.log.append([created]);
console.log('open');

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument = ''] = line.split(' ');
  if (command === 'limit') console.log(limitFileSize(Number(argument)) ? 'limited' : 'not limited');
  if (command !== 'append') continue;
  const goBack = script.snapshot();
  const entries = Array.from({ length: Number(argument) }, () => script.send(created.room, ana));
  try {
    await engine.log.append(entries);
    console.log(`${engine.log.head}`);
  } catch (error) {
    goBack();
    console.log(error instanceof Error && 'code' in error ? String(error.code) : String(error));
  }
}
