/** Secrets that the server hands out, and the hashes under which it keeps them. */
import type { Random } from '../../ports/clock.ts';

/** A device's token: 256 bits. The prefix lets scanners of leaked secrets recognise it. */
export const TOKEN_PREFIX = 'maru_';
const TOKEN_BYTES = 32;
const TICKET_BYTES = 16;
/** 80 bits in four groups of four: long enough to be stored under a plain hash, short enough to be written down. */
const CODE_BYTES = 10;
/** 40 bits in two groups of four, for what lives five minutes and is of no use by itself (`[LINKDEV3]`). */
const DEVICE_CODE_BYTES = 5;
/** Crockford's base 32: no i, l, o, u. */
const CODE_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export function newToken(random: Random): string {
  return TOKEN_PREFIX + Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url');
}

export function newTicket(random: Random): string {
  return Buffer.from(random.bytes(TICKET_BYTES)).toString('base64url');
}

/** What a polled session's requests name: it stands for the session as a token stands for a device. */
export function newPollSecret(random: Random): string {
  return Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url');
}

/** A recovery code or an invite: `xxxx-xxxx-xxxx-xxxx`, for people to copy. */
export function newCode(random: Random): string {
  return groupsOf(random.bytes(CODE_BYTES));
}

/** What a device shows that wants to be let in by another: `xxxx-xxxx`. */
export function newDeviceCode(random: Random): string {
  return groupsOf(random.bytes(DEVICE_CODE_BYTES));
}

function groupsOf(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += CODE_ALPHABET.charAt((value >>> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return (text.match(/.{4}/g) ?? []).join('-');
}

/**
 * The hash under which a secret is stored (`[PRIV9]`). A plain SHA-256 is enough: all secrets that go through here have
 * at least 80 random bits, but for codes of device requests, which are kept in memory and for minutes. Passwords do not; see `passwords.ts`.
 */
export function hashSecret(secret: string): string {
  return new Bun.CryptoHasher('sha256').update(secret).digest('hex');
}

/** The hash of a code as people type it: case, spaces and dashes don't matter, nor do i, l and o for 1 and 0. */
export function hashCode(code: string): string {
  const plain = code.toLowerCase().replace(/[\s-]/g, '').replace(/[il]/g, '1').replace(/o/g, '0');
  return hashSecret(plain);
}
