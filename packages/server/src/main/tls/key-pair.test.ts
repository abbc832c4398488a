import { beforeAll, describe, expect, test } from 'bun:test';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { scratchFolder } from '../../engines/sqlite/testing/scratch-folder.ts';
import { testCertificate, writeCertificate } from '../testing/test-certificates.ts';
import { type KeyPair, KeyPairError, readKeyPair, validUntil } from './key-pair.ts';

const FILES = { cert: '/etc/maru/cert.pem', key: '/etc/maru/key.pem' };
const scratch = scratchFolder();
let pair: KeyPair;
let other: KeyPair;

beforeAll(async () => {
  [pair, other] = await Promise.all([testCertificate('one', 30), testCertificate('other', 1)]);
});

function complaint(given: KeyPair): string {
  try {
    validUntil(given, FILES);
  } catch (error) {
    if (error instanceof KeyPairError) return error.message;
  }
  return 'none';
}

test('a pair is read as it is, and serves until its certificate ends', async () => {
  const folder = scratch.next();
  mkdirSync(folder, { recursive: true });
  const read = await readKeyPair(writeCertificate(folder, pair));
  expect(read).toEqual(pair);
  const day = 24 * 3_600_000;
  expect(Math.round((validUntil(read, FILES) - Date.now()) / day)).toBe(30);
});

test('of a chain it is the first certificate that counts', () => {
  const cert = `${pair.cert}\n${other.cert}`;
  expect(validUntil({ cert, key: pair.key }, FILES)).toBe(validUntil(pair, FILES));
  expect(complaint({ cert, key: other.key })).toContain('first certificate');
});

describe('what can not serve is named in one line', () => {
  test('a file that is not there', async () => {
    const files = { ...FILES, key: '/nowhere/key.pem' };
    const reading = readKeyPair({ ...files, cert: files.key });
    const error = await reading.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(KeyPairError);
    expect((error as KeyPairError).message).toBe('--tls-cert /nowhere/key.pem is not there.');
  });

  test('a file that is no certificate, or no key', () => {
    for (const cert of ['', 'garbage', pair.key, pair.cert.slice(0, 200)])
      expect(complaint({ ...pair, cert })).toStartWith('--tls-cert /etc/maru/cert.pem holds no certificate');
    for (const key of ['', 'garbage', pair.cert, pair.key.slice(0, 100)])
      expect(complaint({ ...pair, key })).toContain('expected a private key as PEM.');
  });

  test('a key with a passphrase', () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
    });
    expect(complaint({ ...pair, key: privateKey })).toContain('expected one without a passphrase.');
  });

  test('two that do not belong together', () => {
    expect(complaint({ ...pair, key: other.key })).toContain('is not the key of the first certificate in');
  });
});
