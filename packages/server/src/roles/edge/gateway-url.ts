import type { Arrival } from './arrival.ts';

const SOCKET_PATH = '/v1/connect';

/** Where sockets go: by the public URL, or by the name under which the client found this server (`[TLS3]`, `[TLS4]`). */
export function gatewayUrl(
  publicUrl: URL | undefined,
  { host, secure }: Pick<Arrival, 'host' | 'secure'>,
): string {
  if (publicUrl !== undefined) {
    const base = `${publicUrl.protocol === 'https:' ? 'wss:' : 'ws:'}//${publicUrl.host}`;
    return `${base}${publicUrl.pathname.replace(/\/$/, '')}${SOCKET_PATH}`;
  }
  return `${secure ? 'wss' : 'ws'}://${host === '' ? 'localhost' : host}${SOCKET_PATH}`;
}
