/** Links by which somebody is found: what they are made of. */
import * as z from 'zod';
import { encodeSuffix } from './id-codec.ts';

/**
 * What a personal link holds: 128 random bits in 26 characters of base 32, minted by the server. It says nothing of whose
 * it is, and stands behind the `#` of a URL: `#user=…`.
 */
export const personalCode = z
  .string()
  .regex(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'expected the 26 characters of a personal link')
  .transform((text) => text as PersonalCode);
export type PersonalCode = string & { readonly __brand: 'PersonalCode' };

/** @param random 16 bytes of chance */
export function newPersonalCode(random: Uint8Array): PersonalCode {
  return encodeSuffix(random) as PersonalCode;
}
