import { type ErrorBody, refusal } from '@maru/protocol';
import type { Credentials, Identity } from '../../ports/credentials.ts';
import type { Arrival } from './arrival.ts';
import { isOriginAllowed } from './origin.ts';
import { tokenFromCookie } from './token-from-cookie.ts';

export type Authentication =
  | { readonly kind: 'identity'; readonly identity: Identity; readonly by: 'bearer' | 'cookie' }
  /** No credential was given. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/**
 * Who sends these headers: `Authorization: Bearer` (RFC 6750) goes before the cookie. `stateful`: a cookie counts only
 * with an allowed `Origin`; said of all that changes state and of sockets (`[PRIV10]`).
 */
export async function authenticate(
  headers: Headers,
  arrival: Arrival,
  stateful: boolean,
  { credentials, origins }: { credentials: Credentials; origins: ReadonlySet<string> },
): Promise<Authentication> {
  const header = headers.get('authorization');
  const bearer = header === null ? undefined : (/^Bearer +(\S+) *$/i.exec(header)?.[1] ?? '');
  const cookie = tokenFromCookie(headers.get('cookie'), arrival.secure);
  const token = bearer ?? (cookie.kind === 'token' ? cookie.token : undefined);
  if (token === undefined && cookie.kind === 'none') return { kind: 'nobody' };
  if (bearer === undefined && stateful && !isOriginAllowed(headers, arrival, origins)) {
    return { kind: 'refused', error: refusal('origin-refused', 'This page may not use the cookie.') };
  }
  if (token === undefined) return { kind: 'refused', error: severalCookies() };
  const identity = await credentials.identify(token);
  if (identity === undefined) {
    return {
      kind: 'refused',
      error: (await credentials.endedBySuspension(token))
        ? accountSuspended()
        : refusal('unauthorized', 'The token is unknown or was signed out.'),
    };
  }
  return { kind: 'identity', identity, by: bearer === undefined ? 'cookie' : 'bearer' };
}

function severalCookies(): ErrorBody {
  const message =
    'The request has two cookies with a token. Delete the cookies of this site and its parents.';
  return refusal('bad-request', message, { field: 'cookie' });
}

/** What the owner of a suspended account is told (`[ADMIN2]`). */
export function accountSuspended(): ErrorBody {
  return refusal('account-suspended', 'The account is suspended. Ask an administrator of this server.');
}

/** Whether a token was shown that is good no more: its session may still come by a ticket, or hear why it ended. */
export function isEndedToken({ code }: ErrorBody): boolean {
  return code === 'unauthorized' || code === 'account-suspended';
}
