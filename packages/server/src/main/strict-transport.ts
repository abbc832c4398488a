import type { Arrival } from '../roles/edge/arrival.ts';
import { isOwnHost, nameIn } from '../roles/edge/host.ts';
import type { Config } from './config.ts';

/** For how long a browser that was here once comes by https and nothing else: half a year. */
const MAX_AGE_S = 15_552_000;

/**
 * Tells browsers to come by https from now on (RFC 6797), on answers that go by https (§7.2), where this server is sure
 * to be there: by TLS of its own or by its public URL. Never of `localhost`, where it would hit whatever else is
 * developed on the machine.
 */
export function strictTransport(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  tls: boolean,
): (response: Response, arrival: Arrival) => void {
  if (!tls && publicUrl?.protocol !== 'https:') return () => {};
  return ({ headers }, { host, secure }) => {
    if (!secure || host === '' || isOwnHost(nameIn(host))) return;
    headers.set('strict-transport-security', `max-age=${MAX_AGE_S}`);
  };
}
