import {
  type Api,
  type ClientStore,
  createApi,
  createClient,
  type Environment,
  type MaruClient,
  MemoryStore,
  systemEnvironment,
  type TransportOption,
} from '@maru/client';
import type { DeviceIdentity } from './people.ts';

export interface DeviceOptions {
  readonly store?: ClientStore;
  readonly environment?: Environment;
  readonly transport?: TransportOption;
}

/** Every way to reach a server, for devices to take in turn. */
export const TRANSPORTS: readonly TransportOption[] = ['websocket', 'long-poll', 'auto', 'poll'];

/** What a server answers to a `hello` that a proxy has doubled: nobody's fault. */
const DOUBLED_HELLO = 'Hello was said already.';

/** Between tries, of devices in a hurry. */
const RETRY_MS = 50;
/** Between plain polls: quick, as tests are. */
const POLL_MS = 250;

/** Devices with the SDK on them, each with a store of its own, and what the SDK reported that must not happen. */
export class Devices implements AsyncDisposable {
  readonly #baseUrl: string;
  readonly clients: MaruClient[] = [];
  readonly faults: string[] = [];

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** The SDK of a device that is signed in already; it connects at once. */
  async open(identity: DeviceIdentity, options: DeviceOptions = {}): Promise<MaruClient> {
    const { store = new MemoryStore(), environment, transport } = options;
    await store.apply([{ kind: 'identity', identity }]);
    const client = await createClient({
      baseUrl: this.#baseUrl,
      store,
      ...(environment !== undefined && { environment }),
      ...(transport !== undefined && { transport, pollMs: POLL_MS }),
      onFault: ({ code, message }) => {
        if (message !== DOUBLED_HELLO) this.faults.push(`${identity.device} ${code}: ${message}`);
      },
    });
    this.clients.push(client);
    return client;
  }

  /** From now on no device waits long before it tries to connect again. */
  hurry(): void {
    for (const client of this.clients) {
      const connect = () => {
        if (client.connection.state === 'waiting') setTimeout(() => client.connect(), RETRY_MS);
      };
      client.subscribe(connect);
      connect();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.clients.splice(0).map((client) => client[Symbol.asyncDispose]()));
  }
}

/** The HTTP API as a device. */
export function apiOf(baseUrl: string, { token }: Pick<DeviceIdentity, 'token'>): Api {
  const { http } = systemEnvironment();
  return createApi({ baseUrl, http, credential: { kind: 'bearer', token } });
}
