/** SHA-256 over parts that can't run into each other. */
export function sha256(...parts: readonly string[]): Uint8Array {
  const hasher = new Bun.CryptoHasher('sha256');
  for (const part of parts) hasher.update(`${Buffer.byteLength(part)}:`).update(part);
  return new Uint8Array(hasher.digest());
}
