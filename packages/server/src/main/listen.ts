import { limits, refusal, routes } from '@maru/protocol';
import { faultFields, type Logger } from '../ports/logger.ts';
import { clientAddress } from '../roles/edge/address.ts';
import { isOwnHost } from '../roles/edge/host.ts';
import { errorResponse } from '../roles/edge/respond.ts';
import { bind } from './bind.ts';
import type { Composition } from './compose.ts';
import type { Config } from './config.ts';
import { urlOf } from './greeting.ts';
import { isLoopback } from './loopback.ts';

const SOCKET_PATH = '/v1/connect';
/** Seconds without a byte after which the runtime cuts a connection: longer than a poll may wait. */
const POLL_IDLE_TIMEOUT_S = limits.POLL_WAIT_MS_MAX / 1_000 + 15;
/** Beyond it the runtime itself refuses a body; up to it, the API says which limit was passed. */
const REQUEST_BYTES_MAX = limits.FRAME_BYTES_MAX * 4;
/** How long requests under way and closing sockets may take when the server stops. */
const STOP_MS_MAX = 3_000;

const NO_HOST = refusal('bad-request', 'The Host header names no host.', { field: 'host' });
const NOT_HERE = refusal(
  'origin-refused',
  'This server answers on its own machine only. If a proxy stands before it, name its address with --public-url.',
);

export interface HttpServer {
  readonly url: string;
  /** Takes no new connection; ends those that are there when they are done, or after a while. */
  stop(): Promise<void>;
}

/**
 * One port for HTTP and WebSockets.
 * @throws {StartError}
 */
export function listen(
  { host, port, publicUrl }: Config,
  { api, gateway }: Pick<Composition, 'api' | 'gateway'>,
  log: Logger,
): HttpServer {
  const onlyHere = isLoopback(host) && publicUrl === undefined;
  const server = bind({ host, port, flag: '--port' }, () =>
    Bun.serve({
      hostname: host,
      port,
      maxRequestBodySize: REQUEST_BYTES_MAX,
      development: false,
      error(fault) {
        log.error(faultFields(fault), 'a request failed');
        return errorResponse(refusal('internal', 'Something went wrong here. Try again.'));
      },
      websocket: gateway.websocket,
      fetch(request, bun) {
        // The runtime takes the `Host` header into the URL as it comes.
        const url = URL.parse(request.url);
        if (url === null) return errorResponse(NO_HOST);
        if (onlyHere && !isOwnHost(url.hostname)) return errorResponse(NOT_HERE);
        const peer = bun.requestIP(request)?.address ?? '';
        const address = clientAddress(request.headers, peer, publicUrl !== undefined);
        if (url.pathname === SOCKET_PATH) return gateway.upgrade(request, bun, address);
        if (url.pathname === routes.postPoll.path) bun.timeout(request, POLL_IDLE_TIMEOUT_S);
        return api.fetch(request, { address });
      },
    }),
  );
  return {
    url: urlOf({ host }, server.port ?? port),
    async stop() {
      const gently = server.stop();
      const timer = setTimeout(() => void server.stop(true), STOP_MS_MAX);
      await gently;
      clearTimeout(timer);
    },
  };
}
