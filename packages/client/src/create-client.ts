import type { SignedIn } from '@maru/protocol';
import { limits } from '@maru/protocol';
import { MaruClient } from './client.ts';
import { type ContentCodec, plainCodec } from './content-codec.ts';
import type { Environment } from './environment.ts';
import { type Fault, StoreMismatch } from './errors.ts';
import { loadUnexpired } from './store/expire-stored.ts';
import type { ClientStore, Identity } from './store/store.ts';
import { systemEnvironment } from './system-environment.ts';
import { type Credential, createApi } from './wire/api.ts';
import { gatewayTickets } from './wire/gateway-tickets.ts';
import { POLL_MS } from './wire/poll-transport.ts';
import { TransportChoice, type TransportOption } from './wire/transport-choice.ts';
import { createTransportMemory, type TransportMemory } from './wire/transport-memory.ts';

/** Events that may be missing in a room and are filled in; behind more, the room begins anew at its end. */
const GAP_EVENTS_MAX = 500;
/** Milliseconds between plain polls, at least; at most what leaves a session alive. */
const POLL_MS_MIN = 100;

export interface ClientOptions {
  /** Where the server is: `https://chat.example.org`. */
  readonly baseUrl: string;
  /** What this device remembers; closed with the client. */
  readonly store: ClientStore;
  /** The answer to signing up or in. Absent: who the store knows. */
  readonly signedIn?: Pick<SignedIn, 'user' | 'device' | 'token' | 'gateway'>;
  readonly environment?: Environment;
  readonly codec?: ContentCodec;
  readonly gapEventsMax?: number;
  /**
   * How to reach the server: `auto`, the default, is a socket, and long polls where none can be had; `poll` asks every
   * {@link pollMs}.
   */
  readonly transport?: TransportOption;
  /** Where it is kept in which networks sockets don't work. Default: in memory, as long as the client. */
  readonly transportMemory?: TransportMemory;
  /** Milliseconds between plain polls: 100 to 25,000, by default 5,000. */
  readonly pollMs?: number;
  /** Whether to connect at once. Default: yes. */
  readonly connect?: boolean;
  /** Hears of what must not happen and did. Gets no content of messages. */
  readonly onFault?: (fault: Fault) => void;
}

/**
 * Makes the client of a signed-in device, with everything that the store remembers.
 *
 * @throws RangeError for a `pollMs` that no server takes
 * @throws StoreMismatch where the store is another device's, or nobody is signed in
 */
export async function createClient(options: ClientOptions): Promise<MaruClient> {
  const { store, baseUrl, signedIn, codec = plainCodec, gapEventsMax = GAP_EVENTS_MAX } = options;
  const environment = options.environment ?? systemEnvironment();
  const state = await loadUnexpired(store, environment.clock.now());
  const me = identityOf(state.identity, signedIn);
  if (signedIn !== undefined) await store.apply([{ kind: 'identity', identity: me }]);
  const credential: Credential =
    me.token === undefined ? { kind: 'cookie' } : { kind: 'bearer', token: me.token };
  const api = createApi({ baseUrl, http: environment.http, credential });
  const client = new MaruClient({
    environment,
    store,
    state,
    me,
    api,
    codec,
    gapEventsMax,
    transports: new TransportChoice(
      environment,
      options.transportMemory ?? createTransportMemory(),
      options.transport,
      pollMsOf(options),
    ),
    gateway: gatewayTickets(api, environment.clock, signedIn?.gateway),
    report: options.onFault ?? (() => undefined),
  });
  if (options.connect !== false) client.connect();
  return client;
}

function pollMsOf({ pollMs = POLL_MS }: ClientOptions): number {
  if (pollMs >= POLL_MS_MIN && pollMs <= limits.POLL_WAIT_MS_MAX) return pollMs;
  throw new RangeError(
    `pollMs ${pollMs}: expected ${POLL_MS_MIN} to ${limits.POLL_WAIT_MS_MAX} milliseconds`,
  );
}

function identityOf(stored: Identity | undefined, given: ClientOptions['signedIn']): Identity {
  if (given === undefined) {
    if (stored === undefined) throw new StoreMismatch('nobody is signed in, and the store knows nobody');
    return stored;
  }
  const { user, device, token } = given;
  if (stored !== undefined && (stored.user !== user || stored.device !== device)) {
    throw new StoreMismatch(`the store belongs to ${stored.device} of ${stored.user}`);
  }
  return { user, device, token };
}
