import { closeCodes, type ErrorBody, limits, refusal, SUBPROTOCOL } from '@maru/protocol';
import type { ServerWebSocket, WebSocketHandler } from 'bun';
import type { Clock } from '../../ports/clock.ts';
import type { Credentials } from '../../ports/credentials.ts';
import { faultFields, type Logger } from '../../ports/logger.ts';
import { addressKey } from '../edge/address.ts';
import type { Arrival } from '../edge/arrival.ts';
import { authenticate, isEndedToken } from '../edge/authenticate.ts';
import { errorResponse } from '../edge/respond.ts';
import type { Connection } from './greeting.ts';
import { GreetingPlaces } from './greeting-places.ts';
import type { Session } from './session.ts';
import type { Publisher } from './session-sink.ts';
import type { Sessions } from './sessions.ts';
import type { SocketLimits } from './socket-limits.ts';
import { SocketWatch } from './socket-watch.ts';
import { SMALL_COST } from './work-turns.ts';

/** Seconds without a byte in either direction after which the runtime cuts a socket; {@link SocketWatch} is there first. */
const IDLE_TIMEOUT_S = 40;
/**
 * Unsent bytes at which the runtime would begin to drop what is published, and closes instead. Far above the soft limit,
 * which is looked at only between publications: this is for what grows faster.
 */
const SEND_QUEUE_BYTES_HARD = 16_777_216;
const DRAINING_RETRY_AFTER_MS = 1_000;

/** What a socket carries with it. */
export interface SocketData {
  readonly connection: Connection;
  readonly address: string;
  session: Session | undefined;
  heardAt: number;
}

/** What makes sockets of requests, and publishes to all of them. `Bun.serve`'s server is one as it stands. */
export interface SocketServer extends Publisher {
  upgrade(
    request: Request,
    options: { readonly data: SocketData; readonly headers?: Readonly<Record<string, string>> },
  ): boolean;
}

export interface WsTransportOptions {
  readonly sessions: Sessions;
  readonly credentials: Credentials;
  /** Origins besides the server's own whose pages may use the cookie. */
  readonly origins: ReadonlySet<string>;
  readonly socketLimits: SocketLimits;
  readonly sendQueueBytesSoft: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Sessions over the WebSockets of `Bun.serve`. */
export class WsTransport {
  readonly websocket: WebSocketHandler<SocketData>;
  readonly #options: WsTransportOptions;
  readonly #places: GreetingPlaces;

  constructor(options: WsTransportOptions) {
    this.#options = options;
    const places = new GreetingPlaces(options.clock);
    this.#places = places;
    const { sessions, socketLimits, log, sendQueueBytesSoft, clock } = options;
    const watch = new SocketWatch<ServerWebSocket<SocketData>>(clock, (ws, silentMs) => {
      ws.data.session?.carrierClosed(silentMs);
      ws.terminate();
    });
    this.websocket = {
      idleTimeout: IDLE_TIMEOUT_S,
      sendPings: true,
      perMessageDeflate: false,
      maxPayloadLength: limits.FRAME_BYTES_MAX,
      backpressureLimit: sendQueueBytesSoft + SEND_QUEUE_BYTES_HARD,
      closeOnBackpressureLimit: true,
      open(ws) {
        watch.add(ws);
        const { connection, address } = ws.data;
        ws.data.session = sessions.connect(ws, connection, () => places.leave(address));
      },
      message(ws, message) {
        watch.heard(ws);
        if (typeof message === 'string') ws.data.session?.receive(message);
        else ws.data.session?.receiveBinary();
      },
      pong: (ws) => watch.heard(ws),
      // A ping of the client's is no sign of life: it may come between the fragments of a frame that never ends.
      close(ws) {
        watch.delete(ws);
        // Where a network fails, thousands of sockets end in one turn of the event loop.
        sessions.turns.run(() => {
          ws.data.session?.carrierClosed();
          socketLimits.release(ws.data.address);
        }, SMALL_COST);
      },
      error(fault, ws) {
        log.error(faultFields(fault), 'a socket failed');
        ws.data.session?.close(closeCodes.comeBack.code, 'come back');
      },
    };
  }

  /**
   * Answers a request to `/v1/connect`: `undefined` if it became a socket. Who connects is known by a Bearer token, by
   * a cookie of an allowed origin, or says a ticket in `hello` (`[WIRE6]`). A client that names no subprotocol is
   * taken at its frames.
   */
  async upgrade(request: Request, server: SocketServer, arrival: Arrival): Promise<Response | undefined> {
    const { sessions, socketLimits } = this.#options;
    if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
      const error = refusal('bad-request', 'This is the address of a WebSocket.', { field: 'upgrade' });
      return errorResponse(error, { upgrade: 'websocket' });
    }
    if (sessions.isDraining) {
      const retryAfterMs = DRAINING_RETRY_AFTER_MS;
      return errorResponse(refusal('draining', 'The server is stopping.', { retryAfterMs }));
    }
    const asked = subprotocols(request);
    if (asked.length > 0 && !asked.includes(SUBPROTOCOL)) {
      return errorResponse(refusal('unsupported-version', `The subprotocol is ${SUBPROTOCOL}.`));
    }
    const address = addressKey(arrival.address);
    const full = socketLimits.admit(address);
    if (full !== undefined) return errorResponse(full);
    const crowded = await this.#places.enter(address);
    if (crowded !== undefined) {
      socketLimits.release(address);
      return errorResponse(crowded);
    }
    let taken = false;
    try {
      await sessions.turns.enter();
      const connection = await this.#authenticate(request, arrival);
      if ('code' in connection) return errorResponse(connection);
      const headers = asked.length > 0 ? { 'Sec-WebSocket-Protocol': SUBPROTOCOL } : undefined;
      sessions.publishThrough(server);
      const data: SocketData = { connection, address, session: undefined, heardAt: 0 };
      taken = server.upgrade(request, headers === undefined ? { data } : { data, headers });
      return taken
        ? undefined
        : errorResponse(refusal('bad-request', 'The WebSocket handshake is malformed.'));
    } finally {
      if (!taken) {
        this.#places.leave(address);
        socketLimits.release(address);
      }
    }
  }

  async #authenticate(request: Request, arrival: Arrival): Promise<Connection | ErrorBody> {
    const epoch = this.#options.sessions.epoch;
    const found = await authenticate(request.headers, arrival, true, this.#options);
    // A token that is good no more (an old cookie) leaves the session to its ticket, which a page can be told about.
    if (found.kind === 'refused' && !isEndedToken(found.error)) return found.error;
    return { identity: found.kind === 'identity' ? found.identity : undefined, epoch };
  }
}

function subprotocols(request: Request): string[] {
  const header = request.headers.get('sec-websocket-protocol') ?? '';
  return header
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
