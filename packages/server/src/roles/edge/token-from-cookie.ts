/** The cookie of a device's token where people come without https. */
export const TOKEN_COOKIE = 'maru_token';
/**
 * The same where they come by it. Browsers take a cookie of this prefix only by https from the host itself (RFC 6265bis
 * §4.1.3.2): neither a page of a sibling name nor anybody on the way without TLS can put one in.
 */
export const SECURE_TOKEN_COOKIE = `__Host-${TOKEN_COOKIE}`;

export type CookieToken =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'none' }
  /** Which of them this host has set can't be told, so that none counts (`[PRIV12]`). */
  | { readonly kind: 'several' };

/**
 * The token in a cookie header (RFC 6265 §4.2.1). By https only the cookie counts that this host alone can set; without,
 * one under either name: a server that is told of https only by its public URL sets the secure one.
 */
export function tokenFromCookie(header: string | null, secure: boolean): CookieToken {
  const tokens: string[] = [];
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (name === SECURE_TOKEN_COOKIE || (name === TOKEN_COOKIE && !secure))
      tokens.push(pair.slice(at + 1).trim());
  }
  const [token, another] = tokens;
  if (token === undefined) return { kind: 'none' };
  return another === undefined ? { kind: 'token', token } : { kind: 'several' };
}
