import { displayName, limits, takeCodePoints } from '@maru/protocol';
import { sha256 } from './sha256.ts';

const READABLE_CHARS = 15;
const HASH_CHARS = 10;

/**
 * The handle of an imported nickname: something to read, and a hash that tells `Ann` from `ann_`.
 *
 * @param attempt another one where that handle is somebody else's
 */
export function handleOfNick(nick: string, attempt = 0): string {
  const readable = nick
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '')
    .slice(0, READABLE_CHARS);
  const hash = Buffer.from(sha256('maru import irc', 'person', nick, String(attempt))).toString('hex');
  return `irc_${readable}_${hash.slice(0, HASH_CHARS)}`;
}

/** The display name of an imported nickname: the nickname itself; where names may not be so, what of it they may hold. */
export function nameOfNick(nick: string): string {
  const exact = displayName.safeParse(nick);
  if (exact.success) return exact.data;
  const allowed = Array.from(nick).filter((character) => displayName.safeParse(`_${character}`).success);
  const cut = takeCodePoints(allowed.join(''), limits.DISPLAY_NAME_CHARS_MAX);
  const safe = displayName.safeParse(cut);
  return safe.success ? safe.data : handleOfNick(nick);
}
