/**
 * How the host of an address is shown, so that nobody takes it for another one: as it is written where all its letters
 * are of one script that can't be mistaken for Latin ones, else in Punycode (RFC 3492). After Unicode TS #39 and what
 * browsers do, and stricter: what is shown in Punycode without need still leads to the right place.
 */

import { HOST_UNITS_MAX, LINK_UNITS_MAX } from './links.ts';

/** Of a link as it is found or told, with a scheme before it. */
const ADDRESS_UNITS_MAX = LINK_UNITS_MAX + 'https://'.length;
const ASCII = /^[a-z0-9-]+$/;
/** One script each, or those that one language writes together. Of Latin letters those of Western European keyboards. */
const KEPT: readonly RegExp[] = [
  /^[a-z0-9\u00df-\u00f6\u00f8-\u00ff-]+$/u,
  /^[\uac00-\ud7a30-9-]+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー0-9-]+$/u,
  /^[\p{Script=Thai}0-9-]+$/u,
  /^[\p{Script=Arabic}0-9-]+$/u,
  /^[\p{Script=Hebrew}0-9-]+$/u,
  /^[\p{Script=Devanagari}0-9-]+$/u,
];
/** Letters of these look like Latin ones: they are shown only where nothing beside them is Latin. */
const LIKE_LATIN: readonly RegExp[] = [/^[\p{Script=Cyrillic}0-9-]+$/u, /^[\p{Script=Greek}0-9-]+$/u];

/**
 * The host of a `http:` or `https:` address as people may see it, with its port; `undefined` where there is none.
 *
 * @param address as it was written: the platform's own writing knows Punycode only
 */
export function shownHost(address: string): string | undefined {
  if (isTooLong(address) || !URL.canParse(address)) return undefined;
  const { hostname, host } = new URL(address);
  if (hostname === '') return undefined;
  if (!hostname.includes('xn--')) return host;
  const written = authorityOf(address).replace(/:\d*$/, '').normalize('NFKC').toLowerCase();
  return isKept(written) ? written + host.slice(hostname.length) : host;
}

/** What stands where a host does, also where the platform overlooks that slashes are missing or lean the other way. */
function authorityOf(address: string): string {
  return /^https?:[/\\]*([^/?#\\]*)/i.exec(address)?.[1] ?? '';
}

/** Whether it names no host that there can be: marks piled on each other would take the platform seconds to read. */
function isTooLong(address: string): boolean {
  const authority = authorityOf(address);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return address.length > ADDRESS_UNITS_MAX || host.length > HOST_UNITS_MAX + ':65535'.length;
}

function isKept(host: string): boolean {
  const labels = host.split('.').filter((label) => label !== '');
  if (LIKE_LATIN.some((script) => labels.every((label) => script.test(label)))) return true;
  return labels.every((label) => {
    if (ASCII.test(label)) return !label.startsWith('xn--');
    return KEPT.some((script) => script.test(label));
  });
}
