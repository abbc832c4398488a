import { isOwnHost } from '../../roles/edge/host.ts';
import { bind } from '../bind.ts';
import { isLoopback } from '../loopback.ts';
import type { Meters } from './meters.ts';

const FLAGS = { host: '--metrics-host', port: '--metrics-port' };

/**
 * A port of its own, so that who reaches the messenger does not reach its numbers. On this machine alone it takes no
 * name that somebody's page may have been led here by (`[PRIV10]`).
 */
export function serveMetrics(
  { registry }: Meters,
  host: string,
  port: number,
): AsyncDisposable & { readonly port: number | undefined } {
  const server = bind({ host, port, flags: FLAGS }, () =>
    Bun.serve({
      hostname: host,
      port,
      // Else, with `development: false`, another server's metrics could come from the same port.
      reusePort: false,
      development: false,
      async fetch(request) {
        const url = URL.parse(request.url);
        if (url === null || (isLoopback(host) && !isOwnHost(url.hostname)))
          return new Response('These metrics are for their own machine: see --metrics-host.\n', {
            status: 403,
          });
        if (url.pathname !== '/metrics') return new Response('See /metrics.\n', { status: 404 });
        return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } });
      },
    }),
  );
  return { port: server.port, [Symbol.asyncDispose]: () => server.stop(true) };
}
