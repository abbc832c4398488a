import { afterEach, beforeAll, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { scratchFolder } from '../../engines/sqlite/testing/scratch-folder.ts';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { testCertificate, writeCertificate } from '../testing/test-certificates.ts';
import type { KeyPair, KeyPairFiles } from './key-pair.ts';
import { KEY_PAIR_CHECK_MS, KeyPairWatch } from './watch-key-pair.ts';

const scratch = scratchFolder();
let one: KeyPair;
let two: KeyPair;
let three: KeyPair;
let files: KeyPairFiles;
let folder: string;
let clock: ManualClock;
let watch: KeyPairWatch;
let used: KeyPair[];
let logged: string[];
/** What `use` waits for. */
let taken: Promise<void>;

beforeAll(async () => {
  [one, two, three] = await Promise.all([
    testCertificate('one'),
    testCertificate('two'),
    testCertificate('three'),
  ]);
});

beforeEach(() => {
  folder = scratch.next();
  mkdirSync(folder, { recursive: true });
  start(one);
});

afterEach(() => watch[Symbol.dispose]());

function start(pair: KeyPair): void {
  files = writeCertificate(folder, pair);
  clock = new ManualClock(Date.now());
  [used, logged, taken] = [[], [], Promise.resolve()];
  const note = (level: string) => (fields: object, message: string) =>
    logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
  watch = new KeyPairWatch(files, pair, {
    clock,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    use: (given) => {
      used.push(given);
      return taken;
    },
  });
}

/** Time for a look, which reads real files and so takes what time that takes. */
async function look(): Promise<void> {
  clock.advance(KEY_PAIR_CHECK_MS);
  await Bun.sleep(1);
}

/** Lets looks go by until it holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await look();
}

test('[TLS2] a pair that has changed is used, once', async () => {
  writeCertificate(folder, two);
  await until(() => used.length > 0);
  writeCertificate(folder, three);
  await until(() => used.length > 1);
  expect(used).toEqual([two, three]);
  expect(logged.filter((line) => line.startsWith('info a new certificate is in use'))).toHaveLength(2);
});

test('[TLS2] other files under the same names count, too', async () => {
  const { cert, key } = two;
  writeFileSync(`${files.cert}.new`, cert);
  writeFileSync(`${files.key}.new`, key);
  renameSync(`${files.cert}.new`, files.cert);
  renameSync(`${files.key}.new`, files.key);
  await until(() => used.length > 0);
  expect(used).toEqual([two]);
});

test('[TLS2] a broken pair is said once and used never, and the next good one is', async () => {
  const warned = () => logged.filter((line) => line.startsWith('warn the certificate has changed'));
  const broken: [() => void, string][] = [
    [() => writeFileSync(files.cert, two.cert), 'is not the key'],
    [() => writeFileSync(files.key, 'garbage'), 'expected a private key'],
    [() => writeFileSync(files.cert, ''), 'holds no certificate'],
    [() => rmSync(files.key), 'is not there'],
  ];
  for (const [index, [breakIt, why]] of broken.entries()) {
    breakIt();
    await until(() => warned().length > index);
    expect(warned()[index]).toContain(why);
  }
  // Looks that find it as broken as before say nothing; that there were some shows the end of a certificate.
  clock.jump(29 * 24 * 3_600_000);
  await until(() => logged.some((line) => line.includes('ends within a week')));
  for (let looks = 0; looks < 5; looks++) await look();
  expect(warned()).toHaveLength(broken.length);
  expect(used).toEqual([]);
  expect(logged.join()).not.toContain('PRIVATE');
  writeCertificate(folder, three);
  await until(() => used.length > 0);
  expect(used).toEqual([three]);
});

test('[TLS2] while one is being taken into use, no other is', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  taken = promise;
  writeCertificate(folder, two);
  await until(() => used.length > 0);
  writeCertificate(folder, three);
  for (let looks = 0; looks < 5; looks++) await look();
  expect(used).toEqual([two]);
  resolve();
  await until(() => used.length > 1);
  expect(used).toEqual([two, three]);
});

test('what ends soon is said once of each certificate', async () => {
  const ends = () => logged.filter((line) => line.includes('ends within a week'));
  clock.jump(22 * 24 * 3_600_000);
  await look();
  expect(ends()).toEqual([]);
  clock.jump(2 * 24 * 3_600_000);
  await until(() => ends().length > 0);
  writeCertificate(folder, two);
  await until(() => used.length > 0);
  expect(ends()).toHaveLength(1);
  await until(() => ends().length > 1);
});
