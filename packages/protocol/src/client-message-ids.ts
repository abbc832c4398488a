import type { ClientMessageId } from './ids.ts';

const DIGITS = new TextEncoder().encode('0123456789abcdef');
const ASCII = new TextDecoder();
const TEXT = new Uint8Array(36).fill('-'.charCodeAt(0));

/** Written as bytes: a string added up from pieces would keep them all until somebody looks into it. */
function format(bytes: Uint8Array): ClientMessageId {
  let at = 0;
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) at++;
    const byte = bytes[i] ?? 0;
    TEXT[at++] = DIGITS[byte >>> 4] ?? 0;
    TEXT[at++] = DIGITS[byte & 15] ?? 0;
  }
  return ASCII.decode(TEXT) as ClientMessageId;
}

const HEX_DIGIT = new Int8Array(128).fill(-1);
for (let i = 0; i < 16; i++) HEX_DIGIT[i.toString(16).charCodeAt(0)] = i;

/** The 16 bytes of a `clientMessageId`. */
export function clientMessageIdToBytes(id: ClientMessageId): Uint8Array {
  const bytes = new Uint8Array(16);
  let at = 0;
  for (let i = 0; i < 36; i++) {
    const digit = HEX_DIGIT[id.charCodeAt(i)] ?? -1;
    if (digit < 0) continue; // a dash
    const byte = at >>> 1;
    bytes[byte] = ((bytes[byte] ?? 0) << 4) | digit;
    at++;
  }
  return bytes;
}

export function clientMessageIdFromBytes(bytes: Uint8Array): ClientMessageId {
  return format(bytes);
}

/**
 * The next `clientMessageId` of a device in a room: `max(last + 1, now)` (`[ONCE2]`). The clock only makes it
 * readable; when it jumps back the id still grows, as `last` is what counts. The caller persists the result before use.
 *
 * @param now milliseconds since the epoch
 * @param random 10 random bytes for the part that is not time
 */
export function nextClientMessageId(
  last: ClientMessageId | undefined,
  now: number,
  random: Uint8Array,
): ClientMessageId {
  const bytes = new Uint8Array(16);
  let time = Math.max(0, Math.floor(now));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  for (let i = 0; i < 10; i++) bytes[6 + i] = random[i] ?? 0;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const fresh = format(bytes);
  if (last === undefined || fresh > last) return fresh;
  return format(increment(clientMessageIdToBytes(last)));
}

/** Adds one to a UUIDv7 above its fixed version and variant bits. */
function increment(bytes: Uint8Array): Uint8Array {
  for (let i = 15; i >= 0; i--) {
    const low = i === 8 ? 0x3f : i === 6 ? 0x0f : 0xff;
    const fixed = (bytes[i] ?? 0) & ~low;
    const value = (bytes[i] ?? 0) & low;
    bytes[i] = fixed | ((value + 1) & low);
    if (value !== low) return bytes;
  }
  return bytes;
}
