import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Where the operator keeps a certificate (with those that lead to its authority) and its key, both as PEM. */
export interface KeyPairFiles {
  readonly cert: string;
  readonly key: string;
}

/** A certificate and its key, as PEM (RFC 7468). */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Why a pair can't be used, in a sentence that names the file and says what to do. */
export class KeyPairError extends Error {
  override readonly name = 'KeyPairError';
}

/** @throws {KeyPairError} where a file can't be read. */
export async function readKeyPair({ cert, key }: KeyPairFiles): Promise<KeyPair> {
  // One after the other: where both are missing, it is the certificate that is named, always.
  return { cert: await read(cert, '--tls-cert'), key: await read(key, '--tls-key') };
}

async function read(file: string, flag: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = code === 'ENOENT' ? 'is not there' : `can't be read by this user (${code})`;
    throw new KeyPairError(`${flag} ${file} ${why}.`, { cause });
  }
}

/**
 * Looks whether the pair can serve, and until when, in milliseconds since the epoch: the date of the first certificate,
 * which is the server's own.
 *
 * @param files what a complaint names
 * @throws {KeyPairError}
 */
export function validUntil({ cert, key }: KeyPair, files: KeyPairFiles): number {
  const certificate = parsed(() => new X509Certificate(cert));
  if (certificate === undefined) {
    throw new KeyPairError(
      `--tls-cert ${files.cert} holds no certificate: expected PEM, the server's own first.`,
    );
  }
  if (!certificate.checkPrivateKey(privateKey(key, files.key))) {
    throw new KeyPairError(
      `--tls-key ${files.key} is not the key of the first certificate in ${files.cert}: give the two that belong together.`,
    );
  }
  return certificate.validToDate.getTime();
}

function privateKey(key: string, file: string): KeyObject {
  const parsedKey = parsed(() => createPrivateKey(key));
  if (parsedKey !== undefined) return parsedKey;
  const expected = /ENCRYPTED/.test(key) ? 'one without a passphrase' : 'a private key as PEM';
  throw new KeyPairError(`--tls-key ${file} can't be used: expected ${expected}.`);
}

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
