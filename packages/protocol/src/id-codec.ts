/** Makes ids and takes them apart. Apart from their schemas, so that a storage thread need not load those. */
import { sha256 } from '@noble/hashes/sha2.js';
import { v7 as uuidV7 } from 'uuid';
import { clientMessageIdToBytes } from './client-message-ids.ts';
import type { ClientMessageId, DeviceId, IdPrefix, RoomId, ScheduledId, SessionId, UserId } from './ids.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const DIGIT = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) DIGIT[ALPHABET.charCodeAt(i)] = i;

const CODES = new TextEncoder().encode(ALPHABET);
const ASCII = new TextDecoder();
const SUFFIX = new Uint8Array(26);

/**
 * 16 bytes → 26 characters of base 32, most significant first (TypeID suffix). Not by adding up characters: such a string
 * stays a tree of its pieces until somebody looks into it, and an id then takes 850 bytes of memory instead of 50.
 */
export function encodeSuffix(bytes: Uint8Array): string {
  let at = 0;
  let bits = 2; // 130 bits for 128: the first character carries two leading zeros.
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      SUFFIX[at++] = CODES[(value >>> bits) & 31] ?? 0;
    }
    value &= (1 << bits) - 1;
  }
  return ASCII.decode(SUFFIX);
}

/** 26 characters of base 32 → 16 bytes. The caller has checked the form (the schemas in `ids.ts`). */
export function decodeSuffix(text: string): Uint8Array {
  const bytes = new Uint8Array(16);
  let at = 0;
  let bits = -2;
  let value = 0;
  for (let i = 0; i < 26; i++) {
    value = (value << 5) | (DIGIT[text.charCodeAt(i)] ?? 0);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (value >>> bits) & 255;
      value &= (1 << bits) - 1;
    }
  }
  return bytes;
}

/** A new id from 16 bytes (a UUID). */
export function idFromBytes<T extends string>(prefix: IdPrefix, bytes: Uint8Array): T {
  return `${prefix}_${encodeSuffix(bytes)}` as T;
}

/** The 16 bytes of an id of any prefix. */
export function idToBytes(id: UserId | DeviceId | RoomId | SessionId | ScheduledId): Uint8Array {
  return decodeSuffix(id.slice(id.indexOf('_') + 1));
}

/** A source of UUIDv7 bytes; handed in where a simulation needs every id to follow from its seed. */
export type UuidSource = () => Uint8Array;
export const systemUuids: UuidSource = () => uuidV7(undefined, new Uint8Array(16));

export function newUserId(uuids: UuidSource = systemUuids): UserId {
  return idFromBytes('user', uuids());
}
export function newDeviceId(uuids: UuidSource = systemUuids): DeviceId {
  return idFromBytes('device', uuids());
}
export function newRoomId(uuids: UuidSource = systemUuids): RoomId {
  return idFromBytes('room', uuids());
}
export function newSessionId(uuids: UuidSource = systemUuids): SessionId {
  return idFromBytes('session', uuids());
}

/**
 * The id of the one direct room of two users: UUIDv8 (RFC 9562 §5.8) from SHA-256 over both ids' bytes, the smaller
 * first, so that whoever begins, and both at once, name the same room.
 */
export function directRoomId(a: UserId, b: UserId): RoomId {
  const [first, second] = a < b ? [a, b] : [b, a];
  const input = new Uint8Array(32);
  input.set(idToBytes(first), 0);
  input.set(idToBytes(second), 16);
  return idFromBytes('room', derived(input));
}

/**
 * The id of a message that is to be sent later, from the name of the command that scheduled it, so that a device can name
 * it before the server has it, and a retry schedules nothing twice.
 */
export function scheduledIdOf(device: DeviceId, room: RoomId, clientMessageId: ClientMessageId): ScheduledId {
  const input = new Uint8Array(48);
  input.set(idToBytes(device), 0);
  input.set(idToBytes(room), 16);
  input.set(clientMessageIdToBytes(clientMessageId), 32);
  return idFromBytes('scheduled', derived(input));
}

/** A UUIDv8 from SHA-256. */
function derived(input: Uint8Array): Uint8Array {
  const bytes = sha256(input).slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes;
}
