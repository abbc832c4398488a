import type { Logger } from '../ports/logger.ts';
import type { Config } from './config.ts';

/**
 * Says once if a proxy seems to stand before the server that the operator has not named: all its clients then count as
 * one address. Which address that is stays out of the log: it may be anybody's (`[PRIV6]`).
 */
export function noticeProxies(
  { trustedProxies }: Pick<Config, 'trustedProxies'>,
  log: Logger,
): (headers: Headers, peer: string) => void {
  let noticed = false;
  return (headers, peer) => {
    if (noticed || !headers.has('x-forwarded-for') || trustedProxies?.has(peer) === true) return;
    noticed = true;
    log.warn(
      {},
      'a request has an X-Forwarded-For that is not believed: if a proxy stands before this server, name it with --trusted-proxy',
    );
  };
}
