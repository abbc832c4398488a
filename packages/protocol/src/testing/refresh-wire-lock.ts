/**
 * Locks the wire as it is now and adds a line to its history:
 *
 *     npm run wire-lock -w packages/protocol -- 'What changed, in a sentence.'
 *
 * Without a sentence the newest line is kept, with the new hash: for a change that was not released yet.
 */
import { differences, type WireLock, wireLock } from './wire-lock.ts';

const lockFile = Bun.file(new URL('../../wire-lock.json', import.meta.url));
const historyFile = Bun.file(new URL('../../WIRE-HISTORY.md', import.meta.url));

const former = (await lockFile.json()) as WireLock;
const lock = wireLock();
const changes = differences(former, lock);
if (changes.length === 0) {
  console.log('The wire is locked as it is.');
} else {
  const sentence = process.argv[2];
  const mark = `\`${lock.sha256.slice(0, 12)}\``;
  const history = (await historyFile.text()).trimEnd();
  const date = new Date().toISOString().slice(0, 10);
  const next =
    sentence === undefined
      ? history.replace(/`[0-9a-f]{12}` \|$/, `${mark} |`)
      : `${history}\n| ${lock.version} | ${date} | ${sentence} | ${mark} |`;
  await historyFile.write(`${next}\n`);
  await lockFile.write(`${JSON.stringify(lock, undefined, 2)}\n`);
  console.log(changes.join('\n'));
}
