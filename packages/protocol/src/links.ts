/** Links in what people write: with `http:`, `https:`, or beginning with `www.`; never any other scheme. */
import { classBefore } from './char-class.ts';

/** A link in a text, in UTF-16 code units. */
export interface FoundLink {
  readonly start: number;
  readonly end: number;
  /** Where it leads: always `http:` or `https:`. */
  readonly url: string;
}

/** No name of a host is longer (RFC 1035): what looks like one leads nowhere, and is not looked at more closely. */
export const HOST_UNITS_MAX = 253;
/** Of a longer one no part is a link. */
export const LINK_UNITS_MAX = 2_048;
const BEGINNINGS = /https?:\/\/|www\.(?=[\p{L}\p{N}])/giu;
/**
 * What may stand behind the host. Letters of Korean, Chinese and Japanese and full-width marks end a link: they stand
 * right behind one, as particles do, and who copies an address has them encoded.
 */
const REST =
  /(?:[\w\-.~:/?#[\]@!$&'()*+,;=%]|(?![\p{scx=Hang}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}])[\p{L}\p{N}\p{M}])*/uy;
/** Any letters: names of hosts are written in all scripts. What is no part of a host after all is found out later. */
const HOST = /[\p{L}\p{N}\p{M}\-.]+/uy;
const CJK_IN_WORD = /(?<=[a-z0-9-])[\p{scx=Hang}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}].*$/iu;
/** Top-level domains in Hangul, behind which a particle may stand. */
const HANGUL_ENDING = /\.(한국|닷컴|닷넷|삼성)[\p{scx=Hang}]+$/u;
/** What ends a sentence, not a link; and marks of formatting around one. */
const TRAILING = /[.,:;!?'*_~]/;
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

/** The links of a text, rising. */
export function linksIn(text: string): FoundLink[] {
  const found: FoundLink[] = [];
  BEGINNINGS.lastIndex = 0;
  for (let match = BEGINNINGS.exec(text); match !== null; match = BEGINNINGS.exec(text)) {
    const start = match.index;
    if (classBefore(text, start) === 'word') continue;
    const scheme = match[0].endsWith('/') ? match[0] : '';
    const { end, seen } = extentOf(text, start + scheme.length);
    const written = end === undefined ? '' : text.slice(start, end);
    const url = safeUrl(scheme === '' ? `https://${written}` : written);
    if (end !== undefined && url !== undefined) found.push({ start, end, url });
    // What was looked at is not looked at again: a text of nothing but beginnings costs no more than another.
    BEGINNINGS.lastIndex = Math.max(seen, start + match[0].length);
  }
  return found;
}

/** An address that may be opened, as the platform writes it; `undefined` for any scheme but `http:` and `https:`. */
export function safeUrl(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const { protocol, username, password, href } = new URL(address);
  // Whoever is named before the host is there to be taken for it.
  if (username !== '' || password !== '') return undefined;
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** Where a link ends whose host begins at `from`, if there is one, and up to where the text was looked at. */
function extentOf(text: string, from: number): { readonly end?: number; readonly seen: number } {
  const near = text.slice(0, from + LINK_UNITS_MAX + 1);
  HOST.lastIndex = from;
  const written = HOST.exec(near)?.[0] ?? '';
  const host = hostOf(written);
  const hostEnd = from + host.length;
  // Without a dot it is no host; and `https://bank.example@evil.example` leads to the second one.
  if (!isHost(host) || text.charAt(hostEnd) === '@') return { seen: hostEnd };
  // A host that was cut off where Korean begins has no path behind that.
  if (host.length < written.length || !/[:/?#]/.test(text.charAt(hostEnd))) {
    return { end: hostEnd, seen: hostEnd };
  }
  REST.lastIndex = hostEnd;
  const rest = REST.exec(near)?.[0] ?? '';
  const seen = hostEnd + rest.length;
  return seen - from > LINK_UNITS_MAX ? { seen } : { end: hostEnd + trimmed(rest).length, seen };
}

/** The host in what looks like one, without what stands behind it. */
function hostOf(written: string): string {
  const labels: string[] = [];
  for (const label of written.split('.')) {
    const own = label.replace(CJK_IN_WORD, '');
    if (own === '') break;
    labels.push(own);
    if (own !== label) break;
  }
  const host = labels.join('.').replace(HANGUL_ENDING, '.$1');
  let end = host.length;
  while (host.charAt(end - 1) === '-') end--;
  return host.slice(0, end);
}

function isHost(host: string): boolean {
  if (host.length > HOST_UNITS_MAX) return false;
  return host.includes('.') || host.toLowerCase() === 'localhost';
}

/** Without the punctuation at its end, and without brackets that were opened before it. */
function trimmed(rest: string): string {
  const depth: Record<string, number> = { '(': 0, '[': 0 };
  for (const char of rest) {
    if (char in depth) depth[char] = (depth[char] ?? 0) + 1;
    const opener = CLOSERS[char];
    if (opener !== undefined) depth[opener] = (depth[opener] ?? 0) - 1;
  }
  let end = rest.length;
  for (; end > 0; end--) {
    const last = rest.charAt(end - 1);
    const opener = CLOSERS[last];
    if (opener !== undefined && (depth[opener] ?? 0) < 0) depth[opener] = (depth[opener] ?? 0) + 1;
    else if (!TRAILING.test(last)) break;
  }
  return rest.slice(0, end);
}
