/**
 * Typed, time-sortable identifiers: TypeID 0.3 (https://github.com/jetify-com/typeid/tree/main/spec),
 * a prefix, `_`, and a UUID in 26 characters of Crockford's base 32. They carry no order the protocol relies on. Here are
 * their types and schemas; `id-codec.ts` makes them and takes them apart.
 */
import * as z from 'zod';
import { CURSOR_CHARS_MAX } from './limits.ts';

export type UserId = string & { readonly __brand: 'UserId' };
export type DeviceId = string & { readonly __brand: 'DeviceId' };
export type RoomId = string & { readonly __brand: 'RoomId' };
/** A message that is to be sent later. */
export type ScheduledId = string & { readonly __brand: 'ScheduledId' };
export type SessionId = string & { readonly __brand: 'SessionId' };
/** What a link into a group is called; see `links.ts`. */
export type LinkId = string & { readonly __brand: 'LinkId' };
/** A UUIDv7 (RFC 9562) in lower-case hex, minted by a device, strictly increasing in a room; see `[ONCE1]`. */
export type ClientMessageId = string & { readonly __brand: 'ClientMessageId' };
/** An event's number in its room: 1, 2, 3 … without gaps. */
export type Seq = number & { readonly __brand: 'Seq' };
/** A device's place in its user's inbox. Opaque: only the server that made it reads it. */
export type Cursor = string & { readonly __brand: 'Cursor' };

export type IdPrefix = 'user' | 'device' | 'room' | 'session' | 'link' | 'scheduled';

function idPattern(prefix: IdPrefix): RegExp {
  return new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`);
}

/** What a room's id looks like, for who must tell without a schema. */
export const ROOM_ID_PATTERN = idPattern('room');

function idSchema<T extends string>(prefix: IdPrefix) {
  return z
    .string()
    .regex(idPattern(prefix), `expected an id like ${prefix}_01h455vb4pex5vsknk084sn02q`)
    .transform((text) => text as T);
}

export const userId = idSchema<UserId>('user');
export const deviceId = idSchema<DeviceId>('device');
export const roomId = idSchema<RoomId>('room');
export const scheduledId = idSchema<ScheduledId>('scheduled');
export const sessionId = idSchema<SessionId>('session');
export const linkId = idSchema<LinkId>('link');

/** What a `clientMessageId` looks like. */
export const CLIENT_MESSAGE_ID_PATTERN =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const clientMessageId = z
  .string()
  .regex(CLIENT_MESSAGE_ID_PATTERN, 'expected a UUIDv7 in lower-case hex')
  .transform((text) => text as ClientMessageId);
export const seq = z
  .int()
  .min(1)
  .max(2 ** 48)
  .transform((n) => n as Seq);
export const cursor = z
  .string()
  .min(1)
  .max(CURSOR_CHARS_MAX)
  .transform((text) => text as Cursor);
