import { type LimitsInForce, systemUuids, type UuidSource } from '@maru/protocol';
import type { WebSocketHandler } from 'bun';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Credentials } from '../../ports/credentials.ts';
import type { Inboxes } from '../../ports/inboxes.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Rooms } from '../../ports/rooms.ts';
import type { Arrival } from '../edge/arrival.ts';
import type { BodyBudget } from '../edge/body-budget.ts';
import type { Intake } from '../edge/intake.ts';
import type { LiveSessions } from './live-sessions.ts';
import { PollTransport } from './poll-transport.ts';
import type { SessionDeps } from './session-deps.ts';
import { type SessionStats, Sessions } from './sessions.ts';
import { SocketLimits, type SocketRates } from './socket-limits.ts';
import { type SocketData, type SocketServer, WsTransport } from './ws-transport.ts';

/** Unsent bytes at which a session is cut off, beside the largest answer that it asked for (`[SLOW1]`). */
const SEND_QUEUE_BYTES_SOFT = 1_048_576;

export interface GatewayOptions {
  /**
   * From `createDelivery`, which is made first: the workers below deliver through it, and the API signs devices out by
   * it.
   */
  readonly live: LiveSessions;
  readonly rooms: Rooms;
  readonly inboxes: Inboxes;
  readonly credentials: Credentials;
  readonly intake: Intake;
  readonly later: SessionDeps['later'];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly limits: LimitsInForce;
  /** Origins besides the server's own whose pages may use the cookie. */
  readonly origins: ReadonlySet<string>;
  /** Shared with the API. */
  readonly bodies: BodyBudget;
  readonly socketRates?: SocketRates;
  readonly sendQueueBytesSoft?: number;
  readonly uuids?: UuidSource;
}

export interface GatewayStats extends SessionStats {
  /** Sessions without a socket, those that have not said hello included. */
  readonly polled: number;
}

/** The role that holds sessions. Closing it is draining it. */
export interface Gateway extends AsyncDisposable {
  /** For `Bun.serve`. */
  readonly websocket: WebSocketHandler<SocketData>;
  /** Answers `GET /v1/connect`; see {@link WsTransport.upgrade}. */
  upgrade(request: Request, server: SocketServer, arrival: Arrival): Promise<Response | undefined>;
  /** Answers `POST /v1/poll`; see {@link PollTransport.answer}. */
  poll(request: Request, arrival: Arrival): Promise<Response>;
  /** The way in for other carriers of frames than WebSockets. */
  readonly sessions: Sessions;
  stats(): GatewayStats;
  /** Refuses new commands and sockets, waits for what was accepted, and sends everybody away to come back (`[SLOW5]`). */
  drain(): Promise<void>;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { clock, socketRates, sendQueueBytesSoft = SEND_QUEUE_BYTES_SOFT, uuids = systemUuids } = options;
  const sessions = new Sessions({ ...options, sendQueueBytesSoft, uuids });
  const socketLimits = new SocketLimits(clock, socketRates);
  const transport = new WsTransport({ ...options, sessions, socketLimits, sendQueueBytesSoft });
  const polls = new PollTransport({ ...options, sessions, socketLimits });
  return {
    websocket: transport.websocket,
    upgrade: (request, server, arrival) => transport.upgrade(request, server, arrival),
    poll: (request, arrival) => polls.answer(request, arrival),
    sessions,
    stats: () => ({ ...sessions.stats(), polled: polls.openSessions }),
    drain: () => sessions.drain(),
    [Symbol.asyncDispose]: () => sessions[Symbol.asyncDispose](),
  };
}
