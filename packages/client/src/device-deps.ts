import { limits } from '@maru/protocol';
import type { ClientOptions } from './client-options.ts';
import { plainCodec } from './content-codec.ts';
import type { DeviceDeps } from './device-surroundings.ts';
import { StoreMismatch } from './errors.ts';
import type { Identity } from './store/store.ts';
import { systemEnvironment } from './system-environment.ts';
import { type Credential, createApi } from './wire/api.ts';
import { gatewayTickets } from './wire/gateway-tickets.ts';
import { POLL_MS } from './wire/poll-transport.ts';
import { TransportChoice } from './wire/transport-choice.ts';
import { createTransportMemory } from './wire/transport-memory.ts';

/** Events that may be missing in a room and are filled in; behind more, the room begins anew at its end. */
const GAP_EVENTS_MAX = 500;
/** Milliseconds between plain polls, at least; at most what leaves a session alive. */
const POLL_MS_MIN = 100;

/** What stands around a device and its store, from what a client is made with. */
type Around = Omit<DeviceDeps, 'changes' | 'store' | 'state' | 'me'>;

/** @throws RangeError for a `pollMs` that no server takes */
export function deviceDeps(options: Omit<ClientOptions, 'store'>, me: Identity): Around {
  const { baseUrl, signedIn, codec = plainCodec, gapEventsMax = GAP_EVENTS_MAX } = options;
  const environment = options.environment ?? systemEnvironment();
  const credential: Credential =
    me.token === undefined ? { kind: 'cookie' } : { kind: 'bearer', token: me.token };
  const api = createApi({ baseUrl, http: environment.http, credential });
  return {
    ...{ environment, api, codec, gapEventsMax },
    transports: new TransportChoice(
      environment,
      options.transportMemory ?? createTransportMemory(),
      options.transport,
      pollMsOf(options),
    ),
    gateway: gatewayTickets(api, environment.clock, signedIn?.gateway),
    report: options.onFault ?? (() => undefined),
  };
}

/**
 * Who a client is: whom the store knows, or who was signed in.
 *
 * @throws StoreMismatch where the store is another device's, or nobody is signed in
 */
export function identityOf(stored: Identity | undefined, given: ClientOptions['signedIn']): Identity {
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

function pollMsOf({ pollMs = POLL_MS }: Pick<ClientOptions, 'pollMs'>): number {
  if (pollMs >= POLL_MS_MIN && pollMs <= limits.POLL_WAIT_MS_MAX) return pollMs;
  throw new RangeError(
    `pollMs ${pollMs}: expected ${POLL_MS_MIN} to ${limits.POLL_WAIT_MS_MAX} milliseconds`,
  );
}
