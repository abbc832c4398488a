import { type ErrorBody, limits, pollRequest, refusal } from '@maru/protocol';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Credentials } from '../../ports/credentials.ts';
import { addressKey } from '../edge/address.ts';
import type { Arrival } from '../edge/arrival.ts';
import { type Authentication, authenticate, isEndedToken } from '../edge/authenticate.ts';
import type { BodyBudget } from '../edge/body-budget.ts';
import { FRAME_BOUNDS, type JsonBounds } from '../edge/json-bounds.ts';
import { type ReadBody, readBody } from '../edge/read-body.ts';
import { errorResponse, jsonResponse } from '../edge/respond.ts';
import { hashSecret, newPollSecret } from '../edge/secrets.ts';
import { shapeRefusal } from '../edge/shape-refusal.ts';
import { PollTopics } from './poll-topics.ts';
import { PolledSession } from './polled-session.ts';
import type { Sessions } from './sessions.ts';
import type { SocketLimits } from './socket-limits.ts';
import { SocketWatch } from './socket-watch.ts';

/** Frames stand two deeper in a request than alone. */
const POLL_BOUNDS: JsonBounds = {
  nesting: { ...FRAME_BOUNDS.nesting, value: FRAME_BOUNDS.nesting.value + 2 },
  values: { name: 'POLL_VALUES_MAX', value: limits.POLL_VALUES_MAX },
};
/** Neither kept by anybody on the way nor held back until there is more of it (`[POLL8]`). */
const POLL_HEADERS = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' } as const;
const DRAINING_RETRY_AFTER_MS = 1_000;
/** One answer to what is over, what never was, and what is another device's (`[POLL5]`, `[POLL6]`). */
const UNKNOWN = refusal('session-unknown', 'There is no such session any more: open another, and sync.');

export interface PollTransportOptions {
  readonly sessions: Sessions;
  readonly credentials: Credentials;
  /** Origins besides the server's own whose pages may use the cookie. */
  readonly origins: ReadonlySet<string>;
  /** Sockets and polled sessions of an address count together. */
  readonly socketLimits: SocketLimits;
  /** What bodies that are being read may hold: here by address, for who asks is known only when they are read. */
  readonly bodies: BodyBudget;
  readonly clock: Clock;
  readonly random: Random;
}

type Found = Exclude<Authentication, { kind: 'refused' }>;

/** Sessions over HTTP requests: `POST /v1/poll`, long (`wait` above 0) and plain (`wait` 0) alike. */
export class PollTransport {
  readonly #options: PollTransportOptions;
  readonly #topics = new PollTopics();
  /** By the hash of the secret. */
  readonly #polled = new Map<string, PolledSession>();
  readonly #watch: SocketWatch<PolledSession>;
  #openSessions = 0;

  constructor(options: PollTransportOptions) {
    this.#options = options;
    options.sessions.publishThrough(this.#topics, 'polls');
    this.#watch = new SocketWatch<PolledSession>(options.clock, (session, silentMs) =>
      session.gone(silentMs),
    );
  }

  /** Sessions that are open; those that are closed and perhaps not asked about yet are not counted. */
  get openSessions(): number {
    return this.#openSessions;
  }

  /** Answers `POST /v1/poll`. */
  async answer(request: Request, arrival: Arrival): Promise<Response> {
    const read = await this.#read(request, arrival);
    if (read.kind === 'refused') return refuse(read.error);
    const parsed = pollRequest.safeParse(read.value);
    if (!parsed.success) return refuse(shapeRefusal(parsed.error));
    const { session: secret, n, wait, frames, end } = parsed.data;
    const found =
      secret === undefined
        ? await this.#open(request, arrival, n)
        : await this.#find(request, arrival, secret);
    if (!(found instanceof PolledSession)) return refuse(found);
    const poll = { n, wait, frames: frames.map((frame) => JSON.stringify(frame)), end };
    const again = found.takeRequest(poll);
    if (again > 0) return refuse(refusal('rate-limited', 'Too many requests.', { retryAfterMs: again }));
    this.#watch.heard(found);
    const reply = await found.poll(poll);
    return typeof reply === 'string' ? jsonResponse(reply, 200, POLL_HEADERS) : refuse(reply);
  }

  async #read(request: Request, arrival: Arrival): Promise<ReadBody> {
    using share = this.#options.bodies.open(addressKey(arrival.address));
    return await readBody(request, { bytesMax: limits.POLL_BODY_BYTES_MAX, json: POLL_BOUNDS, share });
  }

  async #open(request: Request, arrival: Arrival, n: number): Promise<PolledSession | ErrorBody> {
    const { sessions, socketLimits } = this.#options;
    if (n !== 1) return refusal('bad-request', 'The first request of a session is number 1.', { field: 'n' });
    if (sessions.isDraining) {
      const retryAfterMs = DRAINING_RETRY_AFTER_MS;
      return refusal('draining', 'The server is stopping.', { retryAfterMs });
    }
    const address = addressKey(arrival.address);
    const full = socketLimits.admit(address);
    if (full !== undefined) return full;
    let opened = false;
    try {
      await sessions.turns.enter();
      const { epoch } = sessions;
      const found = await this.#authenticate(request.headers, arrival);
      if ('code' in found) return found;
      opened = true;
      return this.#create(found, epoch, address);
    } finally {
      if (!opened) socketLimits.release(address);
    }
  }

  #create(found: Found, epoch: number, address: string): PolledSession {
    const { sessions, socketLimits, clock, random } = this.#options;
    const identity = found.kind === 'identity' ? found.identity : undefined;
    const secret = newPollSecret(random);
    const key = hashSecret(secret);
    const session = new PolledSession({
      secret,
      boundTo: identity?.device,
      topics: this.#topics,
      clock,
      connect: (sink) => sessions.connect(sink, { identity, epoch }),
      onClosed: () => {
        this.#openSessions--;
        socketLimits.release(address);
      },
      onForgotten: () => {
        this.#polled.delete(key);
        this.#watch.delete(session);
      },
      defer: setImmediate,
    });
    this.#openSessions++;
    this.#polled.set(key, session);
    this.#watch.add(session);
    return session;
  }

  /** The session that a request names, if it is the requester's. */
  async #find(request: Request, arrival: Arrival, secret: string): Promise<PolledSession | ErrorBody> {
    const session = this.#polled.get(hashSecret(secret));
    if (session === undefined) return UNKNOWN;
    const found = await this.#authenticate(request.headers, arrival);
    if ('code' in found) return found;
    // Who was signed out has no token any more, and is to hear just that.
    if (session.isClosed) return session;
    const device = found.kind === 'identity' ? found.identity.device : undefined;
    if (device === undefined) return session.boundTo === undefined ? session : UNKNOWN;
    return device === (session.device ?? device) ? session : UNKNOWN;
  }

  async #authenticate(headers: Headers, arrival: Arrival): Promise<Found | ErrorBody> {
    const found = await authenticate(headers, arrival, true, this.#options);
    if (found.kind !== 'refused') return found;
    // A token that is good no more leaves the session to its ticket, as with sockets.
    return isEndedToken(found.error) ? { kind: 'nobody' } : found.error;
  }
}

function refuse(error: ErrorBody): Response {
  return errorResponse(error, POLL_HEADERS);
}
