import { limits } from '@maru/protocol';
import type { Composition } from './compose.ts';
import type { Config } from './config.ts';
import { StartError } from './start-error.ts';

const SOCKET_PATH = '/v1/connect';
/** Beyond it the runtime itself refuses a body; up to it, the API says which limit was passed. */
const REQUEST_BYTES_MAX = limits.FRAME_BYTES_MAX * 4;
/** How long requests under way and closing sockets may take when the server stops. */
const STOP_MS_MAX = 3_000;

export interface HttpServer {
  readonly url: string;
  /** Takes no new connection; ends those that are there when they are done, or after a while. */
  stop(): Promise<void>;
}

/**
 * One port for HTTP and WebSockets.
 * @throws {StartError}
 */
export function listen(config: Config, { api, gateway }: Pick<Composition, 'api' | 'gateway'>): HttpServer {
  const { host, port } = config;
  const server = orStartError(config, () =>
    Bun.serve({
      hostname: host,
      port,
      maxRequestBodySize: REQUEST_BYTES_MAX,
      development: false,
      websocket: gateway.websocket,
      fetch(request, bun) {
        const address = bun.requestIP(request)?.address ?? '';
        if (new URL(request.url).pathname === SOCKET_PATH) return gateway.upgrade(request, bun, address);
        return api.fetch(request, { address });
      },
    }),
  );
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${server.port}`,
    async stop() {
      const gently = server.stop();
      const timer = setTimeout(() => void server.stop(true), STOP_MS_MAX);
      await gently;
      clearTimeout(timer);
    },
  };
}

/** What the system says of an address, in the operator's words. */
function orStartError<T>({ host, port }: Config, bind: () => T): T {
  try {
    return bind();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    switch (code) {
      case 'EADDRINUSE':
        throw new StartError(
          `Port ${port} on ${host} is in use: stop what uses it, or give another with --port.`,
          {
            cause,
          },
        );
      case 'EACCES':
        throw new StartError(`Port ${port} may not be used by this user: give one above 1023 with --port.`, {
          cause,
        });
      default:
        throw new StartError(
          `${host}:${port} can't be listened on: give an address of this machine with --host.`,
          {
            cause,
          },
        );
    }
  }
}
