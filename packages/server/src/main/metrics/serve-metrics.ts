import { bind } from '../bind.ts';
import type { Meters } from './meters.ts';

/** A port of its own, so that who reaches the messenger does not reach its numbers. */
export function serveMetrics({ registry }: Meters, host: string, port: number): AsyncDisposable {
  const server = bind({ host, port, flag: '--metrics-port' }, () =>
    Bun.serve({
      hostname: host,
      port,
      // Else, with `development: false`, another server's metrics could come from the same port.
      reusePort: false,
      development: false,
      async fetch(request) {
        if (new URL(request.url).pathname !== '/metrics')
          return new Response('See /metrics.\n', { status: 404 });
        return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } });
      },
    }),
  );
  return { [Symbol.asyncDispose]: () => server.stop(true) };
}
