import {
  type Api,
  createApi,
  type Fault,
  type MaruClient,
  StoreMismatch,
  systemEnvironment,
} from '@maru/client';
import { createBrowserClient, StoreFailed } from '@maru/client/web';
import type { DeviceId, SignedIn, UserId } from '@maru/protocol';
import { storeNameOf } from './known-device.ts';
import { preferences } from './preferences.ts';

/** Where a page's server is, and how it says who asks: by a cookie that no script can read. */
const environment = systemEnvironment();
export const api: Api = createApi({
  baseUrl: location.origin,
  http: environment.http,
  credential: { kind: 'cookie' },
});

export interface DeviceToOpen {
  readonly device: DeviceId;
  /** Who has just signed in; absent: whom the store knows. */
  readonly signedIn?: Omit<SignedIn, 'handle' | 'name'>;
  /** The store can't be used any more, and the client has stopped. */
  readonly failed: (error: StoreFailed) => void;
}

/** Where a session finds who uses the page. */
export interface Doors {
  readonly api: Pick<Api, 'getMe' | 'getGateway' | 'signUp' | 'logIn'>;
  readonly openDevice: (opening: DeviceToOpen) => Promise<MaruClient | undefined>;
  readonly openWithoutStore: (signedIn: Omit<SignedIn, 'handle' | 'name'>) => Promise<MaruClient>;
  /** Makes room in a device's full store. Rejects with `StoreFailed`. */
  readonly freeSpace: (device: DeviceId) => Promise<void>;
  /** Erases all that the browser has of an account. Rejects where it can not begin. */
  readonly eraseAccount: (device: DeviceId, user: UserId) => Promise<void>;
}

/**
 * The client of this page: what it remembers, and who else of the browser works on it, is decided here alone. It needs no
 * server to show what it knows.
 *
 * @returns `undefined`: the store knows nobody
 * @throws StoreFailed
 */
export async function openDevice(opening: DeviceToOpen): Promise<MaruClient | undefined> {
  const { device, signedIn, failed } = opening;
  try {
    return await createBrowserClient({
      ...{ baseUrl: location.origin, name: storeNameOf(device), environment },
      ...(signedIn && { signedIn }),
      transport: preferences().transport,
      onStoreFailed: failed,
      onFault: (fault) => onFault(fault, failed),
    });
  } catch (error) {
    if (error instanceof StoreMismatch && signedIn === undefined) return undefined;
    throw error;
  }
}

/** The client of a page whose browser keeps nothing: with the page goes what it knows. */
export async function openWithoutStore(signedIn: Omit<SignedIn, 'handle' | 'name'>): Promise<MaruClient> {
  const { createMemoryClient } = await import('./memory-device.ts');
  return createMemoryClient({ baseUrl: location.origin, signedIn, environment });
}

function onFault({ code, cause }: Fault, failed: DeviceToOpen['failed']): void {
  if (code !== 'store-failed') return;
  failed(
    cause instanceof StoreFailed
      ? cause
      : new StoreFailed('lost', 'The store can be read no more.', { cause }),
  );
}
