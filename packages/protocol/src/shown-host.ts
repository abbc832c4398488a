/**
 * How the host of an address is shown, so that nobody takes it for another one: as it is written where all its letters
 * are of one script that can't be mistaken for Latin ones, else in Punycode (RFC 3492). After Unicode TS #39 and what
 * browsers do, and stricter: what is shown in Punycode without need still leads to the right place.
 */

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
  if (!URL.canParse(address)) return undefined;
  const { hostname, host } = new URL(address);
  if (hostname === '') return undefined;
  if (!hostname.includes('xn--')) return host;
  const [, authority = ''] = /^https?:\/\/([^/?#\\]*)/i.exec(address) ?? [];
  const written = authority.replace(/:\d*$/, '').normalize('NFKC').toLowerCase();
  return isKept(written) ? written + host.slice(hostname.length) : host;
}

function isKept(host: string): boolean {
  const labels = host.split('.').filter((label) => label !== '');
  if (LIKE_LATIN.some((script) => labels.every((label) => script.test(label)))) return true;
  return labels.every((label) => {
    if (ASCII.test(label)) return !label.startsWith('xn--');
    return KEPT.some((script) => script.test(label));
  });
}
