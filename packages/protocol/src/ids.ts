/**
 * Typed, time-sortable identifiers: TypeID 0.3 (https://github.com/jetify-com/typeid/tree/main/spec),
 * a prefix, `_`, and a UUID in 26 characters of Crockford's base 32. They carry no order the protocol relies on.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { v7 as uuidV7 } from 'uuid';
import * as z from 'zod';

export type UserId = string & { readonly __brand: 'UserId' };
export type DeviceId = string & { readonly __brand: 'DeviceId' };
export type RoomId = string & { readonly __brand: 'RoomId' };
export type SessionId = string & { readonly __brand: 'SessionId' };
/** A UUIDv7 (RFC 9562) in lower-case hex, minted by a device, strictly increasing in a room; see `[ONCE1]`. */
export type ClientMessageId = string & { readonly __brand: 'ClientMessageId' };
/** An event's number in its room: 1, 2, 3 … without gaps. */
export type Seq = number & { readonly __brand: 'Seq' };
/** A device's place in its user's inbox. Opaque: only the server that made it reads it. */
export type Cursor = string & { readonly __brand: 'Cursor' };

export type IdPrefix = 'user' | 'device' | 'room' | 'session';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const DIGIT = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) DIGIT[ALPHABET.charCodeAt(i)] = i;

/** 16 bytes → 26 characters of base 32, most significant first (TypeID suffix). */
export function encodeSuffix(bytes: Uint8Array): string {
  let text = '';
  let bits = 2; // 130 bits for 128: the first character carries two leading zeros.
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
}

/** 26 characters of base 32 → 16 bytes. The caller has checked the form (see {@link idPattern}). */
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

function idPattern(prefix: IdPrefix): RegExp {
  return new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`);
}

function idSchema<T extends string>(prefix: IdPrefix) {
  return z
    .string()
    .regex(idPattern(prefix), `expected an id like ${prefix}_01h455vb4pex5vsknk084sn02q`)
    .transform((text) => text as T);
}

export const userId = idSchema<UserId>('user');
export const deviceId = idSchema<DeviceId>('device');
export const roomId = idSchema<RoomId>('room');
export const sessionId = idSchema<SessionId>('session');

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const clientMessageId = z
  .string()
  .regex(UUID_V7, 'expected a UUIDv7 in lower-case hex')
  .transform((text) => text as ClientMessageId);
export const seq = z
  .int()
  .min(1)
  .max(2 ** 48)
  .transform((n) => n as Seq);
export const cursor = z
  .string()
  .min(1)
  .max(200)
  .transform((text) => text as Cursor);

/** A new id from 16 bytes (a UUID). */
export function idFromBytes<T extends string>(prefix: IdPrefix, bytes: Uint8Array): T {
  return `${prefix}_${encodeSuffix(bytes)}` as T;
}

/** The 16 bytes of an id of any prefix. */
export function idToBytes(id: UserId | DeviceId | RoomId | SessionId): Uint8Array {
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
  const bytes = sha256(input).slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return idFromBytes('room', bytes);
}
