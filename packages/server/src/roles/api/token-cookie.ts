import type { Arrival } from '../edge/arrival.ts';
import { SECURE_TOKEN_COOKIE, TOKEN_COOKIE } from '../edge/token-from-cookie.ts';
import type { ApiSettings } from './deps.ts';

/** What browsers keep at most (RFC 6265bis §5.5): 400 days. */
const MAX_AGE_S = 34_560_000;

/** Whether the cookie is to go by https alone: wherever people come by it, even if this request did not. */
export function isCookieSecure(
  { secure }: Pick<Arrival, 'secure'>,
  { publicUrl }: Pick<ApiSettings, 'publicUrl'>,
) {
  return secure || publicUrl?.protocol === 'https:';
}

/** `Set-Cookie` for a device's token: out of reach of scripts, and not sent with other sites' requests. */
export function tokenCookie(token: string, secure: boolean): string {
  return cookie(token, MAX_AGE_S, secure);
}

/** The same, taking it back. */
export function endedCookie(secure: boolean): string {
  return cookie('', 0, secure);
}

function cookie(value: string, maxAgeS: number, secure: boolean): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${secure ? '; Secure' : ''}`;
  return `${secure ? SECURE_TOKEN_COOKIE : TOKEN_COOKIE}=${value}; ${attributes}`;
}
