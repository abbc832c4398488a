import type { SignedIn } from '@maru/protocol';
import { MaruClient } from './client.ts';
import { type ContentCodec, plainCodec } from './content-codec.ts';
import type { Environment } from './environment.ts';
import { type Fault, StoreMismatch } from './errors.ts';
import type { ClientStore, Identity } from './store/store.ts';
import { systemEnvironment } from './system-environment.ts';
import { type Credential, createApi } from './wire/api.ts';
import { gatewayTickets } from './wire/gateway-tickets.ts';

/** Events that may be missing in a room and are filled in; behind more, the room begins anew at its end. */
const GAP_EVENTS_MAX = 500;

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
  /** Whether to connect at once. Default: yes. */
  readonly connect?: boolean;
  /** Hears of what must not happen and did. Gets no content of messages. */
  readonly onFault?: (fault: Fault) => void;
}

/**
 * Makes the client of a signed-in device, with everything that the store remembers.
 *
 * @throws StoreMismatch where the store is another device's, or nobody is signed in
 */
export async function createClient(options: ClientOptions): Promise<MaruClient> {
  const { store, baseUrl, signedIn, codec = plainCodec, gapEventsMax = GAP_EVENTS_MAX } = options;
  const environment = options.environment ?? systemEnvironment();
  const state = await store.load();
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
    gateway: gatewayTickets(api, environment.clock, signedIn?.gateway),
    report: options.onFault ?? (() => undefined),
  });
  if (options.connect !== false) client.connect();
  return client;
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
