import { SECURE_SIGNED_IN_COOKIE, SIGNED_IN_COOKIE } from '@maru/protocol';
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

/**
 * `Set-Cookie` for a device's token: out of reach of scripts, and not sent with other sites' requests. Beside it comes the
 * sign for scripts that there is one (`[PRIV13]`).
 */
export function tokenCookies(token: string, secure: boolean): readonly string[] {
  return cookies(token, '1', MAX_AGE_S, secure);
}

/** The same, taking them back. */
export function endedCookies(secure: boolean): readonly string[] {
  return cookies('', '', 0, secure);
}

function cookies(token: string, sign: string, maxAgeS: number, secure: boolean): readonly string[] {
  const attributes = `SameSite=Lax; Max-Age=${maxAgeS}${secure ? '; Secure' : ''}`;
  const [tokenName, signName] = secure
    ? [SECURE_TOKEN_COOKIE, SECURE_SIGNED_IN_COOKIE]
    : [TOKEN_COOKIE, SIGNED_IN_COOKIE];
  return [
    `${tokenName}=${token}; Path=/; HttpOnly; ${attributes}`,
    `${signName}=${sign}; Path=/; ${attributes}`,
  ];
}
