import { limits, refusal, routes } from '@maru/protocol';
import type { Clock } from '../ports/clock.ts';
import { faultFields, type Logger } from '../ports/logger.ts';
import { type Arrival, arrivalOf } from '../roles/edge/arrival.ts';
import { errorResponse } from '../roles/edge/respond.ts';
import type { SocketData, SocketServer } from '../roles/gateway/ws-transport.ts';
import type { WebApp } from '../roles/web/web-app.ts';
import type { Composition } from './compose.ts';
import type { Config } from './config.ts';
import { urlOf } from './greeting.ts';
import { hostCheck } from './host-check.ts';
import { Listeners, type Opening } from './listeners.ts';
import { noticeProxies } from './notice-proxies.ts';
import { strictTransport } from './strict-transport.ts';
import type { KeyPair } from './tls/key-pair.ts';

const SOCKET_PATH = '/v1/connect';
const FLAGS = { host: '--host', port: '--port' };
/** Seconds without a byte in which a connection may stand idle, or stop within a request. */
const IDLE_TIMEOUT_S = 10;
/** Seconds without a byte after which the runtime cuts a connection: longer than a poll may wait. */
const POLL_IDLE_TIMEOUT_S = limits.POLL_WAIT_MS_MAX / 1_000 + 15;
/** Beyond it the runtime itself refuses a body; up to it, the API says which limit was passed. */
const REQUEST_BYTES_MAX = limits.FRAME_BYTES_MAX * 4;

const NO_HOST = refusal('bad-request', 'The Host header names no host.', { field: 'host' });

export interface HttpServer {
  readonly url: string;
  readonly listeners: Listeners;
  /** Takes no new connection; ends those that are there when they are done, or after a while. */
  stop(): Promise<void>;
}

export interface ListenDeps {
  readonly log: Logger;
  readonly clock: Clock;
  /** With one the port speaks https and wss, and nothing else. */
  readonly keyPair?: KeyPair | undefined;
  /** What browsers get; without it they get the API's own pages. */
  readonly webApp?: WebApp | undefined;
}

/**
 * One port for HTTP and WebSockets.
 * @throws {StartError}
 */
export function listen(
  config: Config,
  composition: Pick<Composition, 'api' | 'gateway'>,
  { log, clock, keyPair, webApp }: ListenDeps,
): HttpServer {
  const { host, port } = config;
  const tls = keyPair !== undefined;
  const answer = answerer(config, { ...composition, webApp }, tls, log);
  const publish = (topic: string, frame: string) => listeners.publish(topic, frame);
  const open = ({ isReplaced, ...opening }: Opening) =>
    Bun.serve<SocketData>({
      hostname: host,
      ...opening,
      idleTimeout: IDLE_TIMEOUT_S,
      maxRequestBodySize: REQUEST_BYTES_MAX,
      development: false,
      error(fault) {
        log.error(faultFields(fault), 'a request failed');
        return errorResponse(refusal('internal', 'Something went wrong here. Try again.'));
      },
      websocket: composition.gateway.websocket,
      async fetch(request, bun) {
        const peer = bun.requestIP(request)?.address ?? '';
        // The runtime takes the `Host` header into the URL as it comes.
        const url = URL.parse(request.url);
        if (url?.pathname === routes.postPoll.path) bun.timeout(request, POLL_IDLE_TIMEOUT_S);
        const sockets: SocketServer = { publish, upgrade: (asked, options) => bun.upgrade(asked, options) };
        const response = await answer(request, url, peer, sockets);
        if (isReplaced()) response?.headers.set('connection', 'close');
        return response;
      },
    });
  const listeners = new Listeners(open, { host, port, flags: FLAGS }, keyPair, clock);
  return {
    url: urlOf({ host, tls }, listeners.port ?? port),
    listeners,
    stop: () => listeners.stop(),
  };
}

/** `undefined`: the request became a socket. */
type Answer = (
  request: Request,
  url: URL | null,
  peer: string,
  sockets: SocketServer,
) => Promise<Response | undefined>;

function answerer(
  config: Config,
  { api, gateway, webApp }: Pick<Composition, 'api' | 'gateway'> & Pick<ListenDeps, 'webApp'>,
  tls: boolean,
  log: Logger,
): Answer {
  const { publicUrl, trustedProxies } = config;
  const checkHost = hostCheck(config);
  const noticeProxy = noticeProxies(config, log);
  const sayStrict = strictTransport(config, tls);

  async function respond(url: URL, request: Request, sockets: SocketServer, arrival: Arrival) {
    const refused = checkHost(arrival.host);
    if (refused !== undefined) return errorResponse(refused);
    if (url.pathname === SOCKET_PATH) return gateway.upgrade(request, sockets, arrival);
    return webApp?.(request, url.pathname, arrival) ?? api.fetch(request, arrival);
  }

  return async (request, url, peer, sockets) => {
    const { headers } = request;
    const arrival = arrivalOf(headers, { peer, tls, trustedProxies, publicUrl });
    if (url === null || (headers.has('host') && arrival.host === '')) return errorResponse(NO_HOST);
    noticeProxy(headers, peer);
    const response = await respond(url, request, sockets, arrival);
    if (response !== undefined) sayStrict(response, arrival);
    return response;
  };
}
