/** Links that let people into a group: what they are made of. */
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod';
import { encodeSuffix, idFromBytes } from './id-codec.ts';
import { type LinkId, type RoomId, roomId } from './ids.ts';

/** What a link lets in by: 128 random bits in 26 characters of base 32, minted by the device that makes it. */
export const linkSecret = z
  .string()
  .regex(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'expected 26 characters of base 32')
  .transform((text) => text as LinkSecret);
export type LinkSecret = string & { readonly __brand: 'LinkSecret' };

/** A room and the secret of one of its links in one word of 52 characters: all that a link holds. */
export const linkCode = z
  .string()
  .regex(/^([0-7][0-9a-hjkmnp-tv-z]{25}){2}$/, 'expected the 52 characters of a link')
  .transform((text) => text as LinkCode);
export type LinkCode = string & { readonly __brand: 'LinkCode' };

const SUFFIX_CHARS = 26;

export function linkCodeOf(room: RoomId, secret: LinkSecret): LinkCode {
  return `${room.slice(room.indexOf('_') + 1)}${secret}` as LinkCode;
}

export function readLinkCode(code: LinkCode): { readonly room: RoomId; readonly secret: LinkSecret } {
  const room = roomId.parse(`room_${code.slice(0, SUFFIX_CHARS)}`);
  return { room, secret: code.slice(SUFFIX_CHARS) as LinkSecret };
}

/** @param random 16 bytes of chance */
export function newLinkSecret(random: Uint8Array): LinkSecret {
  return encodeSuffix(random) as LinkSecret;
}

/** What a link is called where everybody may see it: half of the SHA-256 of its secret, which lets nobody in. */
export function linkIdOf(secret: LinkSecret): LinkId {
  return idFromBytes('link', sha256(new TextEncoder().encode(secret)).slice(0, 16));
}
